import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { detectEncoding } from '../formats/decode-characters.js'
import { countCharacters, isPacked } from '../formats/decode-document.js'
import type { DocumentFile } from '../formats/decoded.js'
import { chooseLimits, findExcess, type Limits, reportExcess } from '../formats/limits.js'
import { compareText } from '../model/text.js'
import type { ListedDocument } from '../pipeline/host.js'
import { createDocumentFile, errorCode, fetchDocument, isAddress, measureDocument, readDocument } from './files.js'
import { findInputs, type FoundInput } from './find-inputs.js'
import type { Network } from './network.js'
import { skipOwnArtifacts } from './own-artifacts.js'

/** How documents are found and read. */
export interface InputOptions {
  /** Output folder: artifacts of earlier runs in it are not read. */
  readonly output: string
  /** Extensions (lower case, no dot) of the files to read from folders. */
  readonly extensions: Iterable<string>
  /** Also read links in folders that lead out of them. Files that the user names are read in any case. */
  readonly followLinks?: boolean
  /** Largest file to read, in bytes; 256 MiB by default. */
  readonly maxBytes?: number
  /** Limits of documents that differ from the usual ones, by their names (docs/limits.md). */
  readonly limits?: Partial<Limits>
  /** Proxies and certificates for documents that are named by their address; by default those of the process. */
  readonly network?: Network
  /** Seconds without data after which the download of a document fails; 30 by default. */
  readonly timeout?: number
  /** Called before a download is tried again, with a sentence without its end. */
  readonly retrying?: (problem: string) => void
  /** Called with the progress of each stage. */
  readonly progress?: (stage: string, done: number, total: number) => void
}

const defaultMaxBytes = 256 * 1024 * 1024

/** Reads all documents that inputs name, sorted by name, and standard input ("-") last. */
export async function readInputs(inputs: readonly string[], options: InputOptions, report: Report): Promise<readonly DocumentFile[]> {
  const { files, fetched, maxBytes, readPiped } = await openInputs(inputs, options, report)
  const documents: DocumentFile[] = []
  for (const file of files) {
    const document = await readDocument(file, maxBytes, report)
    if (document) documents.push(document)
  }
  return [...joinSorted(documents, fetched), ...await readPiped()]
}

/**
 * Lists the documents that `readInputs` would read, in its order, without reading files. What cannot be read is reported and left out as
 * it would be there. Addresses and standard input are read at once: nothing else says whether they can be.
 */
export async function listInputs(inputs: readonly string[], options: InputOptions, report: Report): Promise<readonly ListedDocument[]> {
  const { files, fetched, maxBytes, readPiped } = await openInputs(inputs, options, report)
  const listed: ListedDocument[] = []
  for (const file of files) {
    const size = await measureDocument(file, maxBytes, report)
    if (size !== undefined) listed.push({ name: file.name, size, read: (tell) => readDocument(file, maxBytes, tell) })
  }
  return [...joinSorted(listed, fetched.map(listRead)), ...(await readPiped()).map(listRead)]
}

function listRead(file: DocumentFile): ListedDocument {
  return { name: file.name, size: file.bytes.byteLength, read: async () => file }
}

/** The files of a run, in order, and its documents that are no files. */
interface OpenInputs {
  readonly files: readonly FoundInput[]
  readonly fetched: readonly DocumentFile[]
  /** Reads standard input, if the user names it. */
  readonly readPiped: () => Promise<readonly DocumentFile[]>
  readonly maxBytes: number
}

async function openInputs(inputs: readonly string[], options: InputOptions, report: Report): Promise<OpenInputs> {
  const { output, maxBytes = defaultMaxBytes } = options
  const paths = inputs.filter((input) => input !== '-' && !isAddress(input))
  const found = await findInputs(paths, { ...options, readable: new Set(options.extensions) }, report)
  const files = await skipOwnArtifacts(found, output, path.join(output, 'manifest.json'), report)
  const fetched = await fetchDocuments(inputs.filter(isAddress), { ...options, maxBytes }, report)
  const limits = chooseLimits(options.limits)
  return {
    files: limitDocuments(files, limits, report),
    fetched,
    readPiped: async () => {
      const piped = inputs.includes('-') ? await readStandardInput(maxBytes, limits, report) : undefined
      return piped ? [piped] : []
    },
    maxBytes,
  }
}

/** Adds what was downloaded to files, which are sorted already. */
function joinSorted<Document extends { readonly name: string }>(files: readonly Document[], fetched: readonly Document[]): readonly Document[] {
  return fetched.length > 0 ? [...files, ...fetched].toSorted((left, right) => compareText(left.name, right.name)) : files
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
  addresses: readonly string[], { maxBytes, network, timeout = 30, retrying, progress }: InputOptions & { readonly maxBytes: number }, report: Report,
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

/** Reads standard input, to its end or a limit: that of its size, or of the characters of a text, which is reached before. */
async function readStandardInput(maxBytes: number, limits: Limits, report: Report): Promise<DocumentFile | undefined> {
  const origin = { document: 'stdin', place: { kind: 'file' } } as const
  const chunks: Uint8Array[] = []
  let [size, characters] = [0, 0]
  try {
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBytes) {
        report('read/too-large', { origin, found: `more than ${maxBytes} bytes`, expected: `at most ${maxBytes} bytes` })
        process.stdin.destroy()
        return undefined
      }
      chunks.push(chunk)
      const head = chunks[0] ?? chunk
      if (!isPacked(head)) characters += countCharacters(chunk, detectEncoding(head))
      const excess = findExcess({ characters }, limits)
      if (excess) {
        reportExcess(excess, { name: 'stdin', path: 'stdin' }, limits, report)
        process.stdin.destroy()
        return undefined
      }
    }
  } catch (error) {
    report('read/unreadable', { message: `Standard input could not be read (${errorCode(error)})`, origin })
    return undefined
  }
  return createDocumentFile('stdin', 'stdin', Buffer.concat(chunks), report)
}
