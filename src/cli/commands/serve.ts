import { Command, InvalidArgumentError, Option } from 'commander'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { isLoopback, isPrivateName } from '../../io/addresses.js'
import { errorCode } from '../../io/files.js'
import { keepFolder, type KeptFolder } from '../../io/taxii/keep-folder.js'
import { checkCredentials, maxConnections, openServer, type OpenServer, readSecretFile } from '../../io/taxii/open-server.js'
import type { Collection } from '../../taxii/server/collection.js'
import { apiRoot, createTaxiiApp } from '../../taxii/server/create-taxii-app.js'
import { openTerminal, renderTable } from '../terminal.js'
import { UsageError, withExamples } from '../usage.js'

/** Above the system ports, and not used by a well-known service. */
const defaultPort = 6121
const maxPort = 65_535

/** `crosswalk serve`: a read-only TAXII 2.1 server for a folder of bundles. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serves the STIX bundles of a folder to threat intelligence platforms, as collections of a read-only TAXII 2.1 server. '
      + 'Changed bundles are reloaded. Runs until stopped (Ctrl-C).')
    .argument('<DIR>', 'folder with STIX bundles, such as the output of `convert --to stix`')
    .option('--host <address>', 'address to listen on; any other than loopback requires a password and TLS', '127.0.0.1')
    .addOption(new Option('--port <number>', 'port to listen on; 0 picks a free one').argParser(parsePort).default(defaultPort))
    .option('--user <name>', 'require this user name (HTTP Basic)')
    .option('--password-file <file>', 'file with the required password on its first line')
    .option('--tls-cert <file>', 'serve over TLS with this certificate (PEM, including the chain)')
    .option('--tls-key <file>', 'private key of the certificate (PEM)')
    .option('--behind-proxy', 'a reverse proxy handles authentication and TLS: allow other addresses without them')
    .option('--verbose', 'log every request')
  withExamples(command, [
    'crosswalk serve output',
    'crosswalk serve output --user opencti --password-file password.txt',
    'crosswalk serve output --host 0.0.0.0 --user opencti --password-file password.txt --tls-cert cert.pem --tls-key key.pem',
  ])
  return command.action(async (folder: string) => serveFolder(folder, command.opts<ServeOptions>()))
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > maxPort) throw new InvalidArgumentError(`Expected a whole number from 0 to ${maxPort}.`)
  return port
}

/** Options of `crosswalk serve`. */
interface ServeOptions extends AccessOptions {
  readonly port: number
  readonly verbose?: boolean
}

/** Time for responses in progress to finish when the server stops, in milliseconds. */
const grace = 5000

/** Serves a folder until SIGINT or SIGTERM. Throws UsageError if it cannot start. */
async function serveFolder(folder: string, options: ServeOptions): Promise<void> {
  const { printMessage } = openTerminal({ color: false, quiet: true })
  const access = await readServiceAccess(options, printMessage)
  const kept = await openFolder(folder, printMessage)
  const app = createTaxiiApp({
    collections: kept.collections,
    ...(access.isKnown && { isKnown: access.isKnown }),
    ...(access.isOwnName && { isOwnName: access.isOwnName }),
    onFault: (error) => { printMessage(`error: ${neutralise(error instanceof Error ? error.stack ?? error.message : String(error))}\n`) },
  })
  const server = await listen(app.fetch, kept, {
    host: options.host,
    port: options.port,
    // All connections come from the proxy.
    ...(options.behindProxy === true && { connectionsPerAddress: maxConnections }),
    ...(access.tls && { tls: access.tls }),
    ...(options.verbose === true && { log: printMessage }),
  })
  const { address } = server
  // Whoever reads that it can be stopped may stop it at once.
  const stopped = awaitStop()
  printMessage(describeService({ address, folder, collections: kept.collections(), hasPassword: access.isKnown !== undefined }))
  await stopped
  printMessage('Stopping\n')
  kept.close()
  await server.close(grace)
}

async function openFolder(folder: string, print: (message: string) => void): Promise<KeptFolder> {
  try {
    return await keepFolder(folder, print)
  } catch (error) {
    throw new UsageError(`cannot serve ${folder}: ${describe(error)}`)
  }
}

async function listen(
  fetch: Parameters<typeof openServer>[0], kept: KeptFolder, options: Parameters<typeof openServer>[1],
): Promise<OpenServer> {
  try {
    return await openServer(fetch, options)
  } catch (error) {
    kept.close()
    const { host, port } = options
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (options.tls && code.startsWith('ERR_OSSL')) {
      throw new UsageError(`--tls-cert and --tls-key must be a certificate and its private key in PEM: ${describe(error)}`)
    }
    throw new UsageError(code === 'EADDRINUSE'
      ? `port ${port} on ${host} is in use; choose another with --port, or --port 0 for any free port`
      : `cannot listen on ${host}, port ${port}: ${describe(error)}`)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOENT' ? 'no such folder' : code === 'ENOTDIR' ? 'not a folder' : error.message
}

/** Options for access to the server. */
interface AccessOptions {
  readonly host: string
  readonly user?: string
  readonly passwordFile?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly behindProxy?: boolean
}

/** Access control of the server. */
interface ServiceAccess {
  /** Checks credentials. Absent: anyone may connect. */
  readonly isKnown?: (user: string, password: string) => boolean
  /** Checks the Host header. Absent: any host name is accepted. */
  readonly isOwnName?: (name: string) => boolean
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** Reads the credentials and certificates named by the options. An address other than loopback requires a password and TLS. */
async function readServiceAccess(options: AccessOptions, print: (message: string) => void): Promise<ServiceAccess> {
  const { host, user, passwordFile, tlsCert, tlsKey, behindProxy = false } = options
  if ((user === undefined) !== (passwordFile === undefined)) throw new UsageError('--user and --password-file must be used together')
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new UsageError('--tls-cert and --tls-key must be used together')
  if (!isLoopback(host) && !behindProxy && (user === undefined || tlsCert === undefined)) {
    throw new UsageError(`${host} is reachable from other machines: --user, --password-file, --tls-cert and --tls-key are required.\n`
      + 'If a reverse proxy handles authentication and TLS, use --behind-proxy')
  }
  if (user !== undefined && (user === '' || user.includes(':'))) throw new UsageError('--user must not be empty or contain a colon')
  return {
    ...(user === undefined && !behindProxy && { isOwnName: isPrivateName }),
    ...(user !== undefined && passwordFile !== undefined && { isKnown: checkCredentials(user, await readPassword(passwordFile, print)) }),
    ...(tlsCert !== undefined && tlsKey !== undefined && {
      tls: { cert: await readFile('--tls-cert', tlsCert, () => undefined), key: await readFile('--tls-key', tlsKey, print) },
    }),
  }
}

/** The first line of a file, with any line break. */
async function readPassword(file: string, print: (message: string) => void): Promise<string> {
  const password = (await readFile('--password-file', file, print)).replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  if (password === '') throw new UsageError(`--password-file ${file}: the first line is empty`)
  return password
}

async function readFile(flag: string, file: string, print: (message: string) => void): Promise<string> {
  try {
    const { text, isExposed } = await readSecretFile(file)
    if (isExposed) print(`warning: other users of this machine can read ${file}; run chmod 600 to restrict it\n`)
    return text
  } catch (error) {
    throw new UsageError(`${flag} ${file} could not be read (${errorCode(error)})`)
  }
}

/** The lines printed once the server has started. */
interface Service {
  readonly address: string
  readonly folder: string
  readonly collections: readonly Collection[]
  readonly hasPassword: boolean
}

/** Address, collections and how to subscribe. */
function describeService({ address, folder, collections, hasPassword }: Service): string {
  const rows = collections.map(({ id, alias, state }) => [`  ${id}`, String(state.entries.length), neutralise(alias)])
  return [
    `Serving ${neutralise(folder)} over TAXII 2.1 at ${address}/taxii2/`,
    '',
    'To subscribe from OpenCTI, add a feed under Data > Ingestion > TAXII feeds with',
    `  TAXII server URL  ${address}${apiRoot}`,
    '  TAXII version     2.1',
    '  Collection        an id from the list below',
    `  Authentication    ${hasPassword ? 'basic, with user name and password' : 'none'}`,
    '',
    'Collections: id, objects, alias',
    renderTable(rows),
    'Press Ctrl-C to stop.\n',
  ].join('\n')
}

/** Waits for SIGINT (Ctrl-C) or SIGTERM. A second signal ends the process immediately. */
async function awaitStop(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => { resolve() })
  })
  for (const signal of signals) {
    process.removeAllListeners(signal)
  }
}
