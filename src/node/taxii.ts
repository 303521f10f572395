import { setTimeout as sleep } from 'node:timers/promises'
import type { AttackSources } from '../attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../diagnostics/diagnostic.js'
import { checkAddress, isLoopback, isPrivateName } from '../io/addresses.js'
import { createTaxiiExchange } from '../io/taxii-exchange.js'
import { checkCredentials } from '../io/taxii/open-server.js'
import { keepFolder } from '../io/taxii/keep-folder.js'
import { openServer, type OpenServer } from '../io/taxii/open-server.js'
import { attackFields, hostCheck } from '../library/check-request.js'
import { callable, flag, listOf, number, shape, text } from '../library/check-value.js'
import { RequestError } from '../library/request-error.js'
import type { Host } from '../pipeline/host.js'
import { planBatches, type PlannedFile } from '../taxii/client/outgoing-bundle.js'
import { pushBundles, type PushReport } from '../taxii/client/push-bundles.js'
import { type CollectionAddress, readCollectionAddress } from '../taxii/client/read-collection.js'
import { createTaxiiApp } from '../taxii/server/create-taxii-app.js'
import { networkFields, type NetworkOptions, toNetwork } from './fetch-release.js'
import { selectBundles } from './select-bundles.js'

/** What to push, where, and how. */
export interface PushOptions extends AttackSources, NetworkOptions {
  /** The collection: https, or http to this machine. */
  readonly url: string
  /** Bundles, folders with bundles, or globs, as the host interprets them. */
  readonly inputs: readonly string[]
  /** The Authorization header: "Bearer …" or "Basic …". Sent to this server only. */
  readonly authorization?: string
  /** The most objects in a request; 1000 by default. */
  readonly batch?: number
  /** Attempts after the first, for each request; 5 by default. */
  readonly retries?: number
  /** Seconds for a response, and for the server to process what was sent; 300 by default. */
  readonly timeout?: number
  /** Allows http to other machines, for test networks. */
  readonly insecureHttp?: boolean
  /** Validates and plans, without contacting the server. */
  readonly dryRun?: boolean
}

/** What was pushed or, with `dryRun`, would be. */
export interface PushResult extends PushReport {
  readonly plan: readonly PlannedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

const pushShape = shape({
  ...attackFields, ...networkFields, url: text, inputs: listOf(text), authorization: text,
  batch: number({ min: 1, whole: true }), retries: number({ min: 0, whole: true }), timeout: number({ min: 0.001, max: 86_400 }),
  insecureHttp: flag, dryRun: flag,
}, ['url', 'inputs'])

/** Largest response to read, in bytes: a manifest of 60 objects in many versions, or a status that lists every object. */
const maxResponseBytes = 16_000_000

/**
 * Adds STIX bundles to a collection of a TAXII 2.1 server, as `crosswalk push` does: bundles with errors are not sent, and objects that
 * the collection has are not sent again. Problems of files and of the server are diagnostics. Throws RequestError.
 */
export async function push(options: PushOptions, host: Host): Promise<PushResult> {
  pushShape(options, 'request')
  hostCheck(host, 'host')
  const {
    url, inputs, authorization, batch = 1000, retries = 5, timeout = 300, insecureHttp = false, dryRun = false, proxy, ca, ...attack
  } = options
  const address = readTarget(url, insecureHttp)
  const { report, entries } = createDiagnosticLog()
  const files = await host.readDocuments(inputs, report)
  const bundles = await selectBundles({ files, named: new Set(inputs), attack, host, report })
  const plan = planBatches(bundles, batch)
  if (dryRun || bundles.length === 0) return { files: [], plan, diagnostics: entries }
  const milliseconds = timeout * 1000
  const pushed = await pushBundles(bundles, { address, batch, retries, timeout: milliseconds }, {
    exchange: createTaxiiExchange({
      timeout: milliseconds,
      maxBytes: maxResponseBytes,
      network: toNetwork({ ...(proxy !== undefined && { proxy }), ...(ca !== undefined && { ca }) }),
      ...(authorization !== undefined && { authorization }),
    }),
    sleep: (duration) => sleep(duration),
    now: () => Date.now(),
    report,
  })
  return { ...pushed, plan, diagnostics: entries }
}

function readTarget(url: string, insecureHttp: boolean): CollectionAddress {
  if (!URL.canParse(url)) throw wrongTarget('not a URL, such as https://example.org/api1/collections/mappings/')
  const address = new URL(url)
  const fault = checkAddress(address)
  const isAllowed = insecureHttp && address.protocol === 'http:' && address.username === '' && address.password === ''
  if (fault !== undefined && !isAllowed) throw wrongTarget(`the URL ${fault}`)
  const target = readCollectionAddress(address)
  if (!target) throw wrongTarget('not the URL of a collection; expected …/collections/{id}/')
  return target
}

function wrongTarget(problem: string): RequestError {
  return new RequestError({ code: 'wrong-value', at: 'url', problem })
}

/** The folder to serve, and to whom. */
export interface ServeOptions {
  /** A folder with STIX bundles. Changed bundles are read again. */
  readonly folder: string
  /** The address to listen on; 127.0.0.1 by default. Any other than loopback requires credentials and TLS, or `behindProxy`. */
  readonly host?: string
  /** 0, the default, picks a free port. */
  readonly port?: number
  /** Requires these credentials (HTTP Basic). */
  readonly credentials?: { readonly user: string; readonly password: string }
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A reverse proxy handles authentication and TLS. */
  readonly behindProxy?: boolean
  /** Receives warnings about bundles, a line each. */
  readonly warn?: (line: string) => void
  /** Receives a line for each request. */
  readonly log?: (line: string) => void
}

const serveShape = shape({
  folder: text, host: text, port: number({ min: 0, max: 65_535, whole: true }), behindProxy: flag, warn: callable, log: callable,
  credentials: shape({ user: text, password: text }, ['user', 'password']), tls: shape({ cert: text, key: text }, ['cert', 'key']),
}, ['folder'])

/** A running server. `address`: "http://127.0.0.1:6121"; TAXII's discovery is at /taxii2/ below it. */
export type TaxiiServer = OpenServer

/**
 * Serves the STIX bundles of a folder as a read-only TAXII 2.1 server, as `crosswalk serve` does. Rejects with the error of Node.js if the
 * folder cannot be read or the port is taken. Throws RequestError.
 */
export async function serve(options: ServeOptions): Promise<TaxiiServer> {
  serveShape(options, 'request')
  const { folder, host = '127.0.0.1', port = 0, credentials, tls, behindProxy = false, log } = options
  const warn = options.warn ?? (() => undefined)
  if (!isLoopback(host) && !behindProxy && !(credentials && tls)) {
    throw new RequestError({ code: 'missing-field', at: 'host', problem: `${host} is reachable from other machines: credentials and tls are required` })
  }
  if (credentials?.user.includes(':') === true) {
    throw new RequestError({ code: 'wrong-value', at: 'credentials.user', problem: 'the name must not contain a colon (RFC 7617)' })
  }
  const kept = await keepFolder(folder, warn)
  const app = createTaxiiApp({
    collections: kept.collections,
    ...(!credentials && !behindProxy && { isOwnName: isPrivateName }),
    ...(credentials && { isKnown: checkCredentials(credentials.user, credentials.password) }),
    onFault: (error) => { warn(`error: ${error instanceof Error ? error.message : String(error)}\n`) },
  })
  try {
    const server = await openServer(app.fetch, { host, port, ...(tls && { tls }), ...(log && { log }) })
    return {
      address: server.address,
      async close(grace) {
        kept.close()
        await server.close(grace)
      },
    }
  } catch (error) {
    kept.close()
    throw error
  }
}
