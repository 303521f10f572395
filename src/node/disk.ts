import path from 'node:path'
import type { ReleaseFacts } from '../attack/attack-index.js'
import type { AttackSources } from '../attack/load-attack.js'
import { createDiagnosticLog } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { DownloadOptions } from '../io/download-file.js'
import { createDiskHost as openDisk, type DiskOptions } from '../io/disk-host.js'
import { readDocument } from '../io/files.js'
import { bundleName, downloadRelease, readAttackFile } from '../io/read-bundle.js'
import { readStoredReleases, storeRelease, userDataFolder } from '../io/release-store.js'
import { callable, flag, listOf, number, oneOf, shape, text } from '../library/check-value.js'
import { limitsCheck } from '../library/check-request.js'
import { RequestError } from '../library/request-error.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import type { Parser } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { Host } from '../pipeline/host.js'

/** Options of a disk host. */
export interface DiskHostOptions extends Omit<DiskOptions, 'extensions'> {
  /** Extensions (lower case, no dot) of the files to read from folders; by default those that the command line reads. */
  readonly extensions?: readonly string[]
}

const diskShape = shape({
  output: text, extensions: listOf(text), maxBytes: number({ min: 1 }), dryRun: flag, followLinks: flag, progress: callable,
  overwrite: (value, place) => (typeof value === 'boolean' ? undefined : listOf(text)(value, place)),
  limits: limitsCheck,
  stop: shape({ seconds: number({ min: 0.001 }), megabytes: number({ min: 1 }) }),
}, ['output'])

/**
 * Creates a host on the disk: inputs are files, folders, globs, or "-" for standard input, and artifacts are written to the folder
 * `output`, each whole or not at all. It draws PNG and reads every kind of workbook. Throws RequestError.
 *
 * ```ts
 * import { convert } from 'attack-crosswalk'
 * import { createDiskHost, readAttackSources } from 'attack-crosswalk/node'
 *
 * const host = createDiskHost({ output: 'results' })
 * const { artifacts } = await convert({ inputs: ['page.txt'], emitters: ['stix', 'html'], ...await readAttackSources() }, host)
 * for (const { name, sha256 } of artifacts) console.log(sha256, name)
 * ```
 */
export function createDiskHost(options: DiskHostOptions): Host {
  diskShape(options, 'request')
  return openDisk({ extensions: parsers.flatMap(({ extensions, onlyWhenNamed }: Parser) => (onlyWhenNamed === true ? [] : extensions)), ...options })
}

/** Where ATT&CK releases are read from. */
export interface ReadAttackOptions {
  /** An ATT&CK STIX bundle for this run. */
  readonly bundle?: string
  /** The data folder with added releases; by default the one of the command line (CROSSWALK_DATA). */
  readonly folder?: string
}

/** Largest ATT&CK bundle to read, in bytes; a release has about 50 MB. */
const maxBundleBytes = 1_000_000_000
const readShape = shape({ bundle: text, folder: text })

/**
 * Reads added releases, and an ATT&CK bundle, for requests: `convert({ ...await readAttackSources(), … })`. Throws RequestError, also
 * if the bundle cannot be read.
 */
export async function readAttackSources(options: ReadAttackOptions = {}): Promise<AttackSources> {
  readShape(options, 'request')
  const { bundle, folder = userDataFolder() } = options
  const attackReleases = await readStoredReleases(folder)
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(bundle !== undefined && { attackBundle: await readBundleFile(bundle) }),
  }
}

/** A bundle, reduced to what is needed; the whole file if it is no bundle, so that the problem becomes a diagnostic. */
async function readBundleFile(file: string): Promise<DocumentFile> {
  const read = await readAttackFile(file, maxBundleBytes)
  if (read) return { name: path.basename(file), path: file, ...read }
  const log = createDiagnosticLog()
  const document = await readDocument({ file, path: file, name: path.basename(file) }, maxBundleBytes, log.report)
  if (document) return document
  throw new RequestError({ code: 'wrong-value', at: 'bundle', problem: log.entries[0]?.message ?? `${file} cannot be read` })
}

/** The release to download, and from where. */
export interface FetchReleaseOptions {
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
  version: releaseOrLatest, domain: oneOf('domain', attackDomains), from: address, folder: text, timeout: number({ min: 0.001, max: 86_400 }),
  maxBytes: number({ min: 1, whole: true }), progress: callable,
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
 * Downloads an ATT&CK release and adds it to the data folder, as `crosswalk attack fetch` does: over https, with a limit, resumed after
 * an interruption. A problem of the network or of the bundle is in the result; nothing was changed then. Throws RequestError.
 */
export async function fetchRelease(options: FetchReleaseOptions): Promise<FetchedRelease> {
  fetchShape(options, 'request')
  const { version, domain, from = officialBase, folder = userDataFolder(), timeout = 30, maxBytes = 256_000_000, progress } = options
  const wanted = { domain, ...(version !== 'latest' && { version }) }
  const url = `${from.replace(/\/$/, '')}/${domain}-attack/${bundleName(wanted)}`
  const download = { stall: timeout * 1000, maxBytes, ...(progress && { progress }) }
  const got = await downloadRelease({ ...wanted, url }, folder, download)
  const { href } = new URL(url)
  if ('problem' in got) return { problem: `${href} ${got.problem}` }
  return { release: got.release, file: await storeRelease(folder, got.release, href) }
}
