import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { access, constants, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Origin } from '../model/origin.js'
import { WriteError } from '../pipeline/host.js'
import { checkAddress } from './addresses.js'
import type { DownloadOptions } from './download-file.js'
import { type FoundInput, isSymbolicLink } from './find-inputs.js'

/** Reads a file. Reports it and returns undefined if it is unreadable, not a regular file, empty or too large. */
export async function readDocument(input: FoundInput, maxBytes: number, report: Report): Promise<DocumentFile | undefined> {
  try {
    if (await checkFile(input, maxBytes, report) === undefined) return undefined
    const document = createDocumentFile(input.name, input.path, await readFile(input.file), report)
    return document && document.bytes.byteLength >= releasedFrom ? createReleasable(document, input.file) : document
  } catch (error) {
    await reportUnreadable(input, error, report)
    return undefined
  }
}

/** Files of fewer bytes are kept. */
const releasedFrom = 8_000_000

const releases = new WeakMap<DocumentFile, () => void>()

/** Gives up the bytes of a large file on the disk. It is read again if they are asked for: few messages quote its lines. */
export function releaseBytes(file: DocumentFile): void {
  releases.get(file)?.()
}

/** A document whose bytes can be given up. If the file changes meanwhile, it has none any more: they would not be those that were read. */
function createReleasable({ name, path: shown, bytes, sha256 }: DocumentFile, file: string): DocumentFile {
  let held: Uint8Array | undefined = bytes
  const document: DocumentFile = { name, path: shown, sha256, get bytes() { return held ??= readAgain(file, sha256) } }
  releases.set(document, () => { held = undefined })
  return document
}

function readAgain(file: string, sha256: string): Uint8Array {
  try {
    const bytes = readFileSync(file)
    return sha256Of(bytes) === sha256 ? bytes : new Uint8Array(0)
  } catch {
    return new Uint8Array(0)
  }
}

/** The size of a file that `readDocument` could read, without reading it; undefined, and reported as there, if it could not. */
export async function measureDocument(input: FoundInput, maxBytes: number, report: Report): Promise<number | undefined> {
  try {
    const size = await checkFile(input, maxBytes, report)
    if (size !== undefined) await access(input.file, constants.R_OK)
    if (size === 0) report('read/empty', { origin: fileOrigin(input.path) })
    return size === 0 ? undefined : size
  } catch (error) {
    await reportUnreadable(input, error, report)
    return undefined
  }
}

/** The size of a regular file of at most so many bytes; undefined, and reported, for other ones. */
async function checkFile(input: FoundInput, maxBytes: number, report: Report): Promise<number | undefined> {
  const origin = fileOrigin(input.path)
  const entry = await stat(input.file)
  if (!entry.isFile()) {
    // A pipe or a device could block, or never end.
    report('read/unreadable', { origin, found: 'not a regular file', expected: 'a regular file' })
    return undefined
  }
  if (entry.size > maxBytes) {
    report('read/too-large', { origin, found: `${entry.size} bytes`, expected: `at most ${maxBytes} bytes` })
    return undefined
  }
  return entry.size
}

async function reportUnreadable(input: FoundInput, error: unknown, report: Report): Promise<void> {
  const origin = fileOrigin(input.path)
  const code = errorCode(error)
  if (code !== 'ENOENT') {
    report('read/unreadable', { message: `${input.path} could not be read (${code})`, origin })
  } else if (await isSymbolicLink(input.file)) {
    const message = `${input.path} is a broken symbolic link`
    report('read/unreadable', { message, origin, hint: 'Remove the link or restore its target.' })
  } else {
    report('read/not-found', { message: `${input.path}: no such file`, origin })
  }
}

function fileOrigin(document: string): Origin {
  return { document, place: { kind: 'file' } }
}

/** Whether an input is the address of a document, not a path. */
export function isAddress(input: string): boolean {
  return /^https?:\/\//i.test(input)
}

/**
 * Downloads a document that the user named by its address, which becomes its name. Reports it and returns undefined if the address is
 * neither https nor http to this machine, or if the document cannot be downloaded, is empty or too large.
 */
export async function fetchDocument(text: string, options: DownloadOptions, report: Report): Promise<DocumentFile | undefined> {
  const address = URL.canParse(text) ? new URL(text) : undefined
  const fault = address ? checkAddress(address) : 'is not a valid URL'
  if (address) Object.assign(address, { username: '', password: '', hash: '' })
  const name = address?.href ?? text
  const origin = { document: name, place: { kind: 'file' } } as const
  if (!address || fault !== undefined) {
    report('read/not-fetched', { message: `${name} ${fault ?? ''}`, origin, hint: 'Use an https:// address without a password, or save the document and name the file.' })
    return undefined
  }
  // Loaded only here: most runs need no network.
  const { downloadBytes } = await import('./download-file.js')
  const got = await downloadBytes(address, options)
  if ('bytes' in got) return createDocumentFile(name, name, got.bytes, report)
  const isTooLarge = got.problem.includes('(--max-size)')
  report(isTooLarge ? 'read/too-large' : 'read/not-fetched', { message: `${name} ${got.problem}`, origin })
  return undefined
}

/** Creates a document from bytes, with their digest. Reports it and returns undefined if there are none. */
export function createDocumentFile(name: string, filePath: string, bytes: Uint8Array, report: Report): DocumentFile | undefined {
  if (bytes.byteLength === 0) {
    report('read/empty', { origin: fileOrigin(filePath) })
    return undefined
  }
  return { name, path: filePath, bytes, sha256: sha256Of(bytes) }
}

/** SHA-256 digest in lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Creates a folder, and those above it that are missing; returns the topmost that it created. Node's own way never ends where a folder
 * cannot be made although the one above it exists, such as in /proc.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  if (await isFolder(folder)) return undefined
  const parent = path.dirname(folder)
  const above = parent === folder || await fileExists(parent) ? undefined : await makeFolder(parent)
  try {
    await mkdir(folder)
  } catch (error) {
    // Another run may have made it meanwhile.
    if (await isFolder(folder)) return above
    throw error
  }
  return above ?? folder
}

/** Whether a path is that of a folder. */
export async function isFolder(filePath: string): Promise<boolean> {
  return stat(filePath).then((entry) => entry.isDirectory(), () => false)
}

/** Whether a path exists. */
export async function fileExists(filePath: string): Promise<boolean> {
  return access(filePath).then(() => true, () => false)
}

/** Code of a system error, such as "ENOENT"; the error as text if it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

const explanations: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EIO: 'the disk reported an error',
  EROFS: 'the file system is read-only',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  ENOENT: 'the folder was removed during the run, or cannot be made there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'there is a folder with this name',
  EEXIST: 'there is a file with this name',
  ENAMETOOLONG: 'the name is too long for the file system',
  EMFILE: 'the process has too many open files',
  EFBIG: 'the file is too large for the file system',
}

/** Why a file could not be written: "the disk is full (ENOSPC)"; the message of an error without a known code. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  const explained = explanations[code]
  return explained === undefined ? error.message : `${explained} (${code})`
}

/** Performs an action on the disk. Failures become WriteErrors that begin with `subject` and say why. */
export async function attemptWrite<T>(subject: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof WriteError) throw error
    throw new WriteError(`${subject}: ${explainFailure(error)}`, { cause: error })
  }
}
