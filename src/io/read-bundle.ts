import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { releaseName, type ReleaseFacts } from '../attack/attack-index.js'
import { readAttackBundle } from '../attack/bundle/read-attack-bundle.js'
import { createBundleReader, type ReadBundle } from '../attack/bundle/read-bundle.js'
import { createBundleReducer } from '../attack/bundle/reduce-bundle.js'
import type { StixObject } from '../attack/bundle/stix-object.js'
import type { OfferedRelease } from '../attack/collection-index.js'
import { isFactsFile } from '../attack/partial-release.js'
import { readPack, startsAsPack } from '../attack/stored-index.js'
import { downloadFile, type DownloadOptions } from './download-file.js'
import { errorCode, sha256Of } from './files.js'
import { compareFile, removePartial } from './partial-download.js'
import { describeUnusableRelease, releaseFolder } from './release-store.js'

/** A reduced bundle, and the SHA-256 digest of the original file. */
interface AttackFile {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * Reads and reduces an ATT&CK bundle as a stream, so that it is never in memory as a whole. Undefined if the file is not a bundle, larger
 * than `maxBytes`, or unreadable; the caller reads it again as a whole to report why.
 */
export async function readAttackFile(file: string, maxBytes: number): Promise<AttackFile | undefined> {
  const reducer = createBundleReducer()
  const hash = createHash('sha256')
  try {
    const entry = await stat(file)
    if (!entry.isFile() || entry.size > maxBytes) return undefined
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array) || !reducer.push(chunk)) return undefined
      hash.update(chunk)
    }
  } catch {
    return undefined
  }
  const bytes = reducer.finish()
  return bytes && { bytes, sha256: hash.digest('hex') }
}

/** Reads a STIX bundle as a stream, for `readAttackBundle`. */
export async function readBundle(file: string): Promise<ReadBundle> {
  const reader = createBundleReader()
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array) || !reader.push(chunk)) break
    }
  } catch (error) {
    const code = errorCode(error)
    return { problem: code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `could not be read (${code})` }
  }
  return reader.finish()
}

/** Facts files are smaller than any bundle of a release. */
const maxFactsBytes = 4_000_000

/** SHA-256 digest of a file, and its content if it is a facts file (`isFactsFile`). Undefined if it cannot be read. */
export async function readSource(file: string): Promise<{ readonly sha256: string; readonly facts?: StixObject } | undefined> {
  const hash = createHash('sha256')
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array)) continue
      hash.update(chunk)
      size += chunk.byteLength
      if (size <= maxFactsBytes) parts.push(chunk)
    }
  } catch {
    return undefined
  }
  const facts = size <= maxFactsBytes ? parseFacts(Buffer.concat(parts).toString('utf8')) : undefined
  return { sha256: hash.digest('hex'), ...(facts && { facts }) }
}

function parseFacts(text: string): StixObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFactsFile(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Packs of all releases of ATT&CK take less than 1 MB. */
const maxPackBytes = 64_000_000

interface SchemaProblem {
  readonly instancePath: string
  readonly message?: string
}

/**
 * Reads a file if it is a data pack; undefined if it is something else or unreadable. `problem`: why the pack cannot be used, a
 * predicate that completes "<file> …". `validate` returns the errors by schemas/attack-pack.schema.json.
 */
export async function readPackFile(
  file: string, validate: (value: unknown) => Promise<readonly SchemaProblem[]>,
): Promise<ReturnType<typeof readPack> | undefined> {
  const start = await readStart(file)
  if (start === undefined || !startsAsPack(start)) return undefined
  if ((await stat(file)).size > maxPackBytes) return { problem: `is larger than a data pack may be (${maxPackBytes / 1_000_000} MB)` }
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    return { problem: `is a damaged data pack: ${error instanceof Error ? error.message : String(error)}` }
  }
  const [error] = await validate(value)
  if (error) return { problem: `is a damaged data pack: ${error.instancePath || '/'} ${error.message ?? 'is invalid'}` }
  return readPack(value, (text) => sha256Of(new TextEncoder().encode(text)))
}

async function readStart(file: string): Promise<string | undefined> {
  try {
    for await (const chunk of createReadStream(file, { end: 511 })) return chunk instanceof Uint8Array ? new TextDecoder().decode(chunk) : ''
  } catch {
    // The caller reads the file as a bundle and reports why it is unreadable.
  }
  return undefined
}

/** A release to download; without a version, whichever the bundle contains. */
export interface WantedRelease extends Omit<OfferedRelease, 'version'> {
  readonly version?: string
}

/** A release, or why there is none, as a predicate that completes "<address> …", and whether the whole file was downloaded. */
type DownloadedRelease =
  | { readonly release: ReleaseFacts }
  | { readonly problem: string; readonly isDownloaded: boolean }

/** Name of a release's bundle in MITRE's repository attack-stix-data; without a version, that of the newest. */
export function bundleName({ domain, version }: Pick<WantedRelease, 'domain' | 'version'>): string {
  return version === undefined ? `${domain}-attack.json` : `${domain}-attack-${version}.json`
}

/** Downloads a release, resuming an earlier attempt, and checks that it is the wanted one. Stores nothing but a partial file. */
export async function downloadRelease(wanted: WantedRelease, dataFolder: string, options: DownloadOptions): Promise<DownloadedRelease> {
  const name = bundleName(wanted)
  const file = path.join(releaseFolder(dataFolder), 'downloads', `${name}.part`)
  const failure = await downloadFile(new URL(wanted.url), file, options)
  if (failure !== undefined) return { problem: failure, isDownloaded: false }
  const difference = await compareFile(file, wanted)
  const read = difference === undefined ? await readBundle(file) : { problem: difference }
  // The download is complete: it is stored in our own form, or it is unusable and resuming it would not help.
  await removePartial(file)
  const result = 'problem' in read ? read : readAttackBundle(read.value, { fileName: name })
  if ('problem' in result) return { problem: result.problem, isDownloaded: true }
  const { release } = result
  const isWanted = release.domain === wanted.domain && (wanted.version === undefined || release.version === wanted.version)
  const problem = describeUnusableRelease(release) ?? (isWanted ? undefined : `contains ${releaseName(release)}`)
  return problem === undefined ? { release } : { problem, isDownloaded: true }
}
