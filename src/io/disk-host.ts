import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { chooseLimits, type Limits } from '../formats/limits.js'
import type { DocumentFile } from '../formats/decoded.js'
import { addToList } from '../model/stated.js'
import { compareText } from '../model/text.js'
import { collectContent, type Host, KeptError, type OutputChange, type Unplaced, WriteError } from '../pipeline/host.js'
import { attemptWrite, fetchDocument, isAddress, readDocument, readStandardInput, sha256Of } from './files.js'
import { findInputs, type FoundInput } from './find-inputs.js'
import type { Network } from './network.js'
import { openRasteriser } from './open-rasteriser.js'
import { type DiskRun, openRun } from './output-run.js'
import { createApartReader, createForeignReader, type StopLimits } from './worker-pool.js'
import { isBelow, parseManifest, readFormer, readListing, skipOwnArtifacts } from './own-artifacts.js'
import { digestContent, digestFile, writeFileAtomically } from './write-files.js'

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
  /** Limits of time and memory for reading a document. */
  readonly stop?: StopLimits
  /** Limits of documents that differ from the usual ones, by their names (docs/limits.md). */
  readonly limits?: Partial<Limits>
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

  function checkName(name: string): void {
    if (!isBelow(output, name)) throw new WriteError(`${name} is not a path inside of ${output}`)
    if (/^\.crosswalk-/i.test(name)) throw new WriteError(`${name} is a name of files of Crosswalk itself`)
  }

  async function change(name: string, action: (file: string) => Promise<void>): Promise<void> {
    // Names are safe when they get here; a fault there must not write elsewhere.
    checkName(name)
    if (!dryRun) await attemptWrite(inOutput(name), () => action(inOutput(name)))
  }

  const free = new Set(typeof overwrite === 'boolean' ? [] : overwrite.map((file) => path.resolve(file)))
  // Digests of what earlier runs and this one wrote, by name. An artifact that a killed run replaced has two.
  let listed: Map<string, string[]> | undefined
  let run: DiskRun | undefined

  /** Throws KeptError if a file with an artifact's name has other content and was not written by us, or was changed since. */
  async function keepOthers(name: string, sha256: string): Promise<void> {
    if (overwrite === true || free.has(path.resolve(inOutput(name)))) return
    const found = await digestFile(inOutput(name))
    if (found === undefined || found === sha256) return
    if (name === manifestName) {
      if ((await parseManifest(inOutput(name))) !== undefined) return
      throw new KeptError(`${inOutput(name)} was not written by Crosswalk and was kept; the list of artifacts was not written`)
    }
    listed ??= await listDigests(inOutput(manifestName))
    const written = listed.get(name)
    if (written?.includes(found) === true) return
    const reason = written === undefined ? 'no earlier run that is listed in its folder wrote it' : 'it was changed since an earlier run wrote it'
    throw new KeptError(`${inOutput(name)} was kept, because ${reason}; the artifact with this name was not written`)
  }

  /** Commits a run; without its manifests, if the manifest of another program is in their place. */
  async function commitRun(opened: DiskRun, changes: OutputChange): Promise<readonly Unplaced[]> {
    const { manifest, interim: _interim, ...others } = changes
    for (const name of changes.removed) checkName(name)
    try {
      if (manifest) await keepOthers(manifestName, sha256Of(manifest))
    } catch (cause) {
      if (!(cause instanceof KeptError)) throw cause
      const unplaced = await opened.commit(others, inOutput(manifestName), inOutput)
      await opened.settle()
      return [...unplaced, { name: manifestName, cause }]
    }
    return opened.commit(changes, inOutput(manifestName), inOutput)
  }

  return {
    async readDocuments(inputs, report) {
      const paths = inputs.filter((input) => input !== '-' && !isAddress(input))
      const found = await findInputs(paths, { ...options, readable: new Set(options.extensions) }, report)
      const files = await skipOwnArtifacts(found, output, inOutput(manifestName), report)
      const fetched = await fetchDocuments(inputs.filter(isAddress), { ...options, maxBytes }, report)
      const limits = chooseLimits(options.limits)
      const documents = await readFiles(limitDocuments(files, limits, report), fetched, maxBytes, report)
      const piped = inputs.includes('-') ? await readStandardInput(maxBytes, limits, report) : undefined
      return piped ? [...documents, piped] : documents
    },
    async writeArtifact(name, content) {
      checkName(name)
      if (run && name !== manifestName) return run.stage(name, content, (sha256) => keepOthers(name, sha256))
      if (dryRun) {
        const written = await digestContent(content)
        await keepOthers(name, written.sha256)
        return written
      }
      // Outside of a run, only reports and manifests are written, which are small.
      const bytes = await collectContent(content)
      const sha256 = sha256Of(bytes)
      await keepOthers(name, sha256)
      await change(name, (file) => writeFileAtomically(file, bytes))
      if (name === manifestName) await run?.settle()
      if (listed) addToList(listed, name, sha256)
      return { sha256, size: bytes.byteLength }
    },
    async readFormer() {
      listed = undefined
      return readFormer(output, inOutput(manifestName))
    },
    dryRun,
    ...(!dryRun && {
      async openRun() {
        const opened = await openRun(output)
        run = opened
        // A run that was killed before the first of its artifacts had its place left nothing to list.
        const isEmpty = opened.recovered && (await readFormer(output, inOutput(manifestName))).artifacts.length === 0
        if (isEmpty) await opened.settle()
        return {
          recovered: opened.recovered && !isEmpty,
          commit: (changes) => commitRun(opened, changes),
          close() {
            run = undefined
            return opened.close()
          },
        }
      },
    }),
    openRasteriser,
    readForeignWorkbook: createForeignReader(options.stop),
    openApartReader: (sources) => createApartReader(sources, options.stop),
    removeArtifact: (name) => change(name, (file) => rm(file, { force: true })),
    ...(options.limits && { limits: options.limits }),
    ...(options.progress && { progress: options.progress }),
  }
}

/** The digests of an artifact by its name. */
async function listDigests(manifestFile: string): Promise<Map<string, string[]>> {
  const digests = new Map<string, string[]>()
  const { artifacts } = await readListing(path.dirname(manifestFile), manifestFile)
  for (const { name, sha256 } of artifacts) addToList(digests, name, sha256)
  return digests
}

/** The first documents of a run that names more than the limit: the others are reported, not read. */
function limitDocuments(files: readonly FoundInput[], { documents }: Limits, report: Report): readonly FoundInput[] {
  const next = files[documents]
  if (!next) return files
  report('read/too-large', {
    message: `The run reads more than ${documents} documents: ${next.path} and all after it were not read`,
    origin: { document: next.path, place: { kind: 'file' } },
    found: `${files.length} documents`,
    expected: `at most ${documents} documents`,
    hint: `Convert them in several runs, or raise the limit: --max documents=${files.length}`,
  })
  return files.slice(0, documents)
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
      retrying: (problem) => retrying?.(`${address} ${problem}; retrying`),
      progress: (done, total = done) => progress?.('Fetching (MB)', Math.round(done / megabyte), Math.round(total / megabyte)),
    }, report)
    if (document) documents.set(document.name, document)
  }
  return [...documents.values()]
}

async function readFiles(
  files: readonly FoundInput[], fetched: readonly DocumentFile[], maxBytes: number, report: Report,
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
  return documents
}
