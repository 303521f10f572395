import type { ReleaseFacts } from '../attack/attack-index.js'
import type { DownloadOptions } from '../io/download-file.js'
import { type Network, parseAuthorities } from '../io/network.js'
import { bundleName, downloadRelease } from '../io/read-bundle.js'
import { storeRelease, userDataFolder } from '../io/release-store.js'
import { type Check, callable, number, oneOf, shape, text } from '../library/check-value.js'
import { RequestError } from '../library/request-error.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'

/** How servers are reached. */
export interface NetworkOptions {
  /**
   * The proxy for all addresses: "http://USER:PASSWORD@HOST:PORT", or https. `false` uses none. By default those of HTTPS_PROXY,
   * HTTP_PROXY and NO_PROXY, as on the command line.
   */
  readonly proxy?: string | false
  /** Certificates (PEM) of your own authorities, trusted besides those that Node.js trusts. */
  readonly ca?: string
}

/** The checks of `NetworkOptions`. */
export const networkFields = { proxy: proxyAddress, ca: authorities } as const satisfies Readonly<Record<string, Check>>

function proxyAddress(value: unknown, at: string): void {
  if (value === false) return
  text(value, at)
  const isUsable = URL.canParse(String(value)) && /^https?:$/.test(new URL(String(value)).protocol)
  // The address may contain a password.
  if (!isUsable) throw new RequestError({ code: 'wrong-value', at, problem: 'not the address of a proxy, such as http://HOST:PORT or https://HOST:PORT' })
}

function authorities(value: unknown, at: string): void {
  text(value, at)
  if (parseAuthorities(String(value))) return
  throw new RequestError({ code: 'wrong-value', at, problem: 'no certificates as PEM ("-----BEGIN CERTIFICATE-----")' })
}

/** The network for checked options. */
export function toNetwork({ proxy, ca }: NetworkOptions): Network {
  const { env } = process
  const named = ca === undefined ? undefined : parseAuthorities(ca)
  const extra = env['NODE_EXTRA_CA_CERTS']
  return {
    env: proxy === undefined ? env : {
      ...(proxy !== false && { http_proxy: proxy, https_proxy: proxy }),
      ...(extra !== undefined && { NODE_EXTRA_CA_CERTS: extra }),
    },
    ...(named && { authorities: named }),
  }
}

/** The release to download, and from where. */
export interface FetchReleaseOptions extends NetworkOptions {
  /** "19.0", or "latest". */
  readonly version: string
  readonly domain: Domain
  /** Base URL with the folders and files of MITRE's repository attack-stix-data, which is the default. */
  readonly from?: string
  /** The data folder to add the release to; by default the one of the command line (CROSSWALK_DATA). */
  readonly folder?: string
  /** Seconds without data after which an attempt fails; 30 by default. */
  readonly timeout?: number
  /** Largest bundle to download, in bytes; 256 MB by default. */
  readonly maxBytes?: number
  /** Called with the bytes so far, and the total if the server states it. */
  readonly progress?: DownloadOptions['progress']
}

/** A release that was added, or why it was not, as a sentence. */
export type FetchedRelease =
  | { readonly release: ReleaseFacts; readonly file: string; readonly problem?: undefined }
  | { readonly problem: string }

const officialBase = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master'
const fetchShape = shape({
  ...networkFields, version: releaseOrLatest, domain: oneOf('domain', attackDomains), from: address, folder: text,
  timeout: number({ min: 0.001, max: 86_400 }), maxBytes: number({ min: 1, whole: true }), progress: callable,
}, ['version', 'domain'])

function releaseOrLatest(value: unknown, at: string): void {
  text(value, at)
  if (value === 'latest' || /^\d{1,3}\.\d{1,3}$/.test(String(value))) return
  throw new RequestError({ code: 'wrong-value', at, problem: `"${String(value).slice(0, 40)}" is neither "latest" nor a complete release such as 19.0` })
}

function address(value: unknown, at: string): void {
  text(value, at)
  if (!URL.canParse(String(value))) throw new RequestError({ code: 'wrong-value', at, problem: `"${String(value).slice(0, 100)}" is not a URL` })
}

/**
 * Downloads an ATT&CK release and adds it to the data folder, as `crosswalk attack fetch` does: over https, through the same proxies, with
 * a limit, resumed after an interruption. A problem of the network or of the bundle is in the result; nothing was changed then. Throws RequestError.
 */
export async function fetchRelease(options: FetchReleaseOptions): Promise<FetchedRelease> {
  fetchShape(options, 'request')
  const { version, domain, from = officialBase, folder = userDataFolder(), timeout = 30, maxBytes = 256_000_000, progress } = options
  const wanted = { domain, ...(version !== 'latest' && { version }) }
  const url = `${from.replace(/\/$/, '')}/${domain}-attack/${bundleName(wanted)}`
  const download = { stall: timeout * 1000, maxBytes, network: toNetwork(options), ...(progress && { progress }) }
  const got = await downloadRelease({ ...wanted, url }, folder, download)
  const { href } = new URL(url)
  if ('problem' in got) return { problem: `${href} ${got.problem}` }
  return { release: got.release, file: await storeRelease(folder, got.release, href) }
}
