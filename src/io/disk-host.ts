import { readFile, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ForeignLimits } from '../formats/workbook/foreign-workbook.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/text.js'
import { type Host, KeptError, WriteError } from '../pipeline/host.js'
import { type Former, isManifest, type Manifest, type ManifestArtifact } from '../pipeline/manifest.js'
import { usualPauses } from './download-file.js'
import { createDocumentFile, errorCode, fetchDocument, isAddress, readDocument, sha256Of, writeFileAtomically } from './files.js'
import { findInputs, type FoundInput } from './find-inputs.js'
import type { Network } from './network.js'
import { openRasteriser } from './open-rasteriser.js'

/** Options of a disk host. */
export interface DiskOptions {
  /** Output folder. */
  readonly output: string
  /** Extensions (lower case, no dot) of the files to read from folders. */
  readonly extensions: Iterable<string>
  /** Also read links in folders that lead out of them. Files that the user names are read in any case. */
  readonly followLinks?: boolean
  /** Largest file to read, in bytes; 256 MiB by default. */
  readonly maxBytes?: number
  /** For workbooks that are read in a worker; 60 seconds and 512 MB by default. */
  readonly foreignLimits?: ForeignLimits
  /** Proxies and certificates for documents that are named by their address; by default those of the process. */
  readonly network?: Network
  /** Seconds without data after which the download of a document fails; 30 by default. */
  readonly timeout?: number
  /** Called before a download is tried again, with a sentence without its end. */
  readonly retrying?: (problem: string) => void
  /** Writes and removes nothing. */
  readonly dryRun?: boolean
  /** Also overwrites files of the output folder that no earlier run wrote, or that were changed since: all, or those with these paths. */
  readonly overwrite?: boolean | readonly string[]
  /** Called with the progress of each stage. */
  readonly progress?: (stage: string, done: number, total: number) => void
}

const manifestName = 'manifest.json'
const defaultMaxBytes = 256 * 1024 * 1024

/**
 * Host that uses the file system: documents are read from the disk, standard input ("-") or
 * an address that the user names, artifacts are written to the output folder.
 * Writing and removing throw `WriteError`; writing over a file that is not ours throws `KeptError`.
 */
export function createDiskHost(options: DiskOptions): Host {
  const { output, dryRun = false, overwrite = false, maxBytes = defaultMaxBytes } = options
  const inOutput = (name: string): string => path.join(output, ...name.split('/'))

  async function change(name: string, action: (file: string) => Promise<void>): Promise<void> {
    // Names are safe when they get here; a fault there must not write elsewhere.
    if (!isBelow(output, name)) throw new WriteError(`${name} is not a path inside of ${output}`)
    if (dryRun) return
    try {
      await action(inOutput(name))
    } catch (error) {
      throw new WriteError(`${inOutput(name)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }

  const free = new Set(typeof overwrite === 'boolean' ? [] : overwrite.map((file) => path.resolve(file)))
  // Digests of what earlier runs and this one wrote.
  let listed: Map<string, string> | undefined

  /** Throws KeptError if a file with an artifact's name has other content and was not written by us, or was changed since. */
  async function keepOthers(name: string, sha256: string): Promise<void> {
    const bytes = await readFile(inOutput(name)).catch(() => undefined)
    const found = bytes && sha256Of(bytes)
    if (found === undefined || found === sha256) return
    if (name === manifestName) {
      if ((await parseManifest(inOutput(name))) !== undefined) return
      throw new KeptError(`${inOutput(name)} was not written by Crosswalk and was kept; the list of artifacts was not written`)
    }
    listed ??= listDigests(await readManifest(inOutput(manifestName)))
    const written = listed.get(name)
    if (written === found) return
    const reason = written === undefined ? 'no earlier run that is listed in its folder wrote it' : 'it was changed since an earlier run wrote it'
    throw new KeptError(`${inOutput(name)} was kept, because ${reason}; the artifact with this name was not written`)
  }

  return {
    async readDocuments(inputs, report) {
      const paths = inputs.filter((input) => input !== '-' && !isAddress(input))
      const found = await findInputs(paths, { ...options, readable: new Set(options.extensions) }, report)
      const files = await skipOwnArtifacts(found, output, inOutput(manifestName), report)
      const fetched = await fetchDocuments(inputs.filter(isAddress), { ...options, maxBytes }, report)
      return readDocuments(files, fetched, inputs.includes('-'), maxBytes, report)
    },
    async writeArtifact(name, bytes) {
      const sha256 = sha256Of(bytes)
      if (overwrite !== true && !free.has(path.resolve(inOutput(name)))) await keepOthers(name, sha256)
      await change(name, (file) => writeFileAtomically(file, bytes))
      listed?.set(name, sha256)
      return { sha256, size: bytes.byteLength }
    },
    async readFormer() {
      listed = undefined
      return readFormer(output, inOutput(manifestName))
    },
    dryRun,
    openRasteriser,
    readForeignWorkbook: async (bytes) => (await import('./read-foreign-workbook.js')).createForeignReader(options.foreignLimits)(bytes),
    removeArtifact: (name) => change(name, (file) => rm(file, { force: true })),
    ...(options.progress && { progress: options.progress }),
  }
}

const megabyte = 1_000_000

/** Downloads the documents that the user named by their addresses, each once, one after the other. */
async function fetchDocuments(
  addresses: readonly string[], { maxBytes, network, timeout = 30, retrying, progress }: DiskOptions & { readonly maxBytes: number }, report: Report,
): Promise<readonly DocumentFile[]> {
  const documents = new Map<string, DocumentFile>()
  for (const address of new Set(addresses.map((one) => one.replace(/#.*$/, '')))) {
    const document = await fetchDocument(address, {
      maxBytes,
      stall: timeout * 1000,
      network: network ?? { env: process.env },
      pauses: usualPauses,
      retrying: (problem) => retrying?.(`${address} ${problem}; retrying`),
      progress: (done, total = done) => progress?.('Fetching (MB)', Math.round(done / megabyte), Math.round(total / megabyte)),
    }, report)
    if (document) documents.set(document.name, document)
  }
  return [...documents.values()]
}

async function readDocuments(
  files: readonly FoundInput[],
  fetched: readonly DocumentFile[],
  withStandardInput: boolean,
  maxBytes: number,
  report: Report,
): Promise<readonly DocumentFile[]> {
  const documents: DocumentFile[] = []
  for (const file of files) {
    const document = await readDocument(file, maxBytes, report)
    if (document) documents.push(document)
  }
  if (fetched.length > 0) {
    documents.push(...fetched)
    documents.sort((left, right) => compareText(left.name, right.name))
  }
  if (withStandardInput) {
    const document = await readStandardInput(maxBytes, report)
    if (document) documents.push(document)
  }
  return documents
}

/** Reads standard input, to its end or the limit. */
async function readStandardInput(maxBytes: number, report: Report): Promise<DocumentFile | undefined> {
  const origin = { document: 'stdin', place: { kind: 'file' } } as const
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBytes) {
        report('read/too-large', { origin, found: `more than ${maxBytes} bytes`, expected: `at most ${maxBytes} bytes` })
        process.stdin.destroy()
        return undefined
      }
      chunks.push(chunk)
    }
  } catch (error) {
    report('read/unreadable', { message: `Standard input could not be read (${errorCode(error)})`, origin })
    return undefined
  }
  return createDocumentFile('stdin', 'stdin', Buffer.concat(chunks), report)
}

/**
 * Skips artifacts of an earlier run if the output folder is inside an input folder, so that a repeated command reads the same documents
 * and writes the same bytes. Artifacts that were named explicitly or changed by hand are read, and all are if there is nothing else to
 * read. Reports what it skips.
 */
async function skipOwnArtifacts(
  found: readonly FoundInput[],
  output: string,
  manifestFile: string,
  report: Report,
): Promise<readonly FoundInput[]> {
  const folder = await realpath(output).catch(() => undefined)
  if (folder === undefined || output === '') return found
  const real = new Map<FoundInput, string>()
  for (const one of found) if (one.walked === true) real.set(one, await realpath(one.file).catch(() => one.file))
  if (![...real.values()].some((file) => file.startsWith(folder + path.sep))) return found

  const { artifacts } = await readFormer(folder, manifestFile)
  if (artifacts.length === 0) return found
  const own = new Set([path.basename(manifestFile), ...artifacts.map(({ name }) => name)].map((name) => path.resolve(folder, name)))
  const isOwn = (one: FoundInput): boolean => own.has(real.get(one) ?? '')
  const others = found.filter((one) => !isOwn(one))
  if (others.length === 0) return found
  for (const one of found.filter(isOwn)) {
    report('read/skipped', {
      message: `${one.path} was skipped: an earlier run wrote it to the output folder`,
      origin: { document: one.path, place: { kind: 'file' } },
    })
  }
  return others
}

/** Entries of the manifest on disk, limited to unchanged artifacts; empty if the manifest is missing or unreadable. */
async function readFormer(folder: string, manifestFile: string): Promise<Former> {
  const manifest = await readManifest(manifestFile)
  const artifacts: ManifestArtifact[] = []
  for (const artifact of manifest.artifacts) {
    if (await isAsListed(folder, artifact)) artifacts.push(artifact)
  }
  return { artifacts, sources: manifest.sources }
}

async function readManifest(file: string): Promise<Former> {
  return (await parseManifest(file)) ?? { artifacts: [], sources: [] }
}

/** The manifest in a file; undefined if there is none, or something else. */
async function parseManifest(file: string): Promise<Manifest | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isManifest(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

function listDigests({ artifacts }: Former): Map<string, string> {
  return new Map(artifacts.map(({ name, sha256 }) => [name, sha256]))
}

/** Whether an artifact exists as listed. Anyone may have written the manifest: names that lead out of its folder are rejected. */
async function isAsListed(folder: string, { name, sha256 }: ManifestArtifact): Promise<boolean> {
  if (!isBelow(folder, name)) return false
  const bytes = await readFile(path.resolve(folder, name)).catch(() => undefined)
  return bytes !== undefined && sha256Of(bytes) === sha256
}

/** Whether the path of an artifact, from the output, is below it. */
function isBelow(folder: string, name: string): boolean {
  const first = path.relative(folder, path.resolve(folder, name)).split(path.sep)[0]
  return first !== '' && first !== '..' && !path.isAbsolute(name)
}
