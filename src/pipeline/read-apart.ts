import type { AttackIndex } from '../attack/attack-index.js'
import type { AttackSources } from '../attack/load-attack.js'
import { createDiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import { decodeDocument, hasTooManyCharacters } from '../formats/decode-document.js'
import type { DocumentFile } from '../formats/decoded.js'
import { chooseLimits, type Limits } from '../formats/limits.js'
import type { ReadForeignWorkbook } from '../formats/workbook/foreign-workbook.js'
import { addToList } from '../model/stated.js'
import type { OtherDocuments, OtherObject, ParseContext, Parser } from '../parsers/parser.js'
import type { Host, ListedDocument } from './host.js'
import { understandLarge } from './read-large.js'
import type { ApartResult, ApartTask, Companions, StopResult, UnderstandRequest, UnderstoodDocument } from './requests.js'
import { shareParts } from '../model/share-parts.js'
import { detectParser, understandDocument } from './understand.js'

/** What all documents of a run share: objects by id, and by id the documents that lack them. */
interface Pool {
  readonly objects: ReadonlyMap<string, readonly OtherObject[]>
  readonly missing: ReadonlyMap<string, readonly DocumentFile[]>
}

/** A document of a run, and the parser that the user names for it. */
interface ReadFile {
  readonly file: DocumentFile
  readonly from?: string | undefined
}

/**
 * Lets the documents of a run refer to each other's objects: the relationships of a bundle to the controls of another. The documents are
 * decoded a second time, together, when the first of them asks; undefined for a run of one document. `openAll` reads those of other shards,
 * too, if there are any (`hasUnread`). `canRead`: whether reading a document ends within its limits of time and memory; others share nothing.
 */
function createOtherDocuments(
  files: readonly ReadFile[], openAll: () => Promise<readonly ReadFile[]>, hasUnread: boolean, limits: Limits,
  canRead: (file: DocumentFile) => Promise<boolean>,
): (own: DocumentFile) => ParseContext['others'] {
  let pool: Promise<Pool> | undefined
  return (own) => {
    if (!hasUnread && !files.some(({ file }) => isOther(file, own))) return undefined
    return async () => viewPool(await (pool ??= openAll().then((all) => fillPool(all, limits, canRead))), own)
  }
}

async function fillPool(files: readonly ReadFile[], limits: Limits, canRead: (file: DocumentFile) => Promise<boolean>): Promise<Pool> {
  const objects = new Map<string, OtherObject[]>()
  const missing = new Map<string, DocumentFile[]>()
  for (const { file, from } of files.filter(({ file: { bytes } }) => couldBeTree(bytes))) {
    if (!await canRead(file)) continue
    const decoded = await decodeDocument(file, silent, undefined, { limits })
    const parser: Parser | undefined = decoded && detectParser(decoded, from, silent)?.parser
    const shared = decoded && await parser?.share?.(decoded)
    for (const [id, value] of shared?.objects ?? []) addToList(objects, id, { value, file })
    for (const id of shared?.missing ?? []) addToList(missing, id, file)
  }
  return { objects, missing }
}

/** Reports nothing: the problems of a document are reported when it is read as one of the run. */
const silent = (): void => undefined

/** Whether bytes may be JSON or YAML, compressed or not: workbooks (zip, OLE) and markup are expensive to decode, and share nothing. */
function couldBeTree(bytes: Uint8Array): boolean {
  return ![0x50, 0xd0, 0x3c].includes(bytes[0] ?? 0)
}

function viewPool({ objects, missing }: Pool, own: DocumentFile): OtherDocuments {
  return {
    find: (id, isNewer) => {
      let best: OtherObject | undefined
      for (const object of objects.get(id) ?? []) {
        if (isOther(object.file, own) && (!best || isNewer(object.value, best.value))) best = object
      }
      return best
    },
    neededBy: (id) => (missing.get(id) ?? []).filter((file) => isOther(file, own)),
  }
}

/** Whether two documents are different ones: the same may be given twice, as an input and as a catalogue. */
function isOther(file: DocumentFile, own: DocumentFile): boolean {
  return file !== own && (file.name !== own.name || file.sha256 !== own.sha256)
}

/** A document of a run, and how it is read. */
interface Entry {
  readonly file: DocumentFile
  readonly reading: Pick<UnderstandRequest, 'from' | 'statements'>
  /** The documents among which it has its companions. */
  readonly files: readonly (DocumentFile | ListedDocument)[]
  readonly report: Report
}

/** The documents to read; all of the run, if those are a share; and catalog files. */
interface GivenDocuments {
  readonly inputs: readonly DocumentFile[]
  readonly all?: readonly ListedDocument[]
  readonly known: readonly DocumentFile[]
}

/**
 * Reads the documents of a run, one after the other: large ones in a worker of the host, if it has any, which is stopped at its limits
 * (`read/stopped`). Results and messages are the same as when read here, in the order of the documents. Catalog files come first.
 */
export async function readDocuments(
  request: UnderstandRequest, { inputs, all, known }: GivenDocuments,
  attack: AttackIndex, host: Host, reportAbout: (document?: string) => Report,
): Promise<{ readonly documents: readonly UnderstoodDocument[]; readonly catalog: readonly UnderstoodDocument[] }> {
  const limits = chooseLimits(host.limits)
  const means = { readForeign: host.readForeignWorkbook, limits }
  // An index that the caller loaded cannot be sent to a worker, and its sources are not known.
  const reader = request.attack ? undefined : host.openApartReader?.(sourcesOf(request))
  const entries = new Map<DocumentFile, Entry>([
    ...known.map((file): [DocumentFile, Entry] => [file, { file, reading: {}, files: known, report: reportAbout() }]),
    ...inputs.map((file): [DocumentFile, Entry] => [file, { file, reading: readingOf(request), files: all ?? inputs, report: reportAbout(file.name) }]),
  ])
  const results = new Map<DocumentFile, Promise<ApartResult>>()
  const withKnown = (files: readonly DocumentFile[]): readonly ReadFile[] =>
    [...files.map((file) => ({ file, from: request.from })), ...known.map((file) => ({ file }))]
  const others = createOtherDocuments(
    withKnown(inputs), async () => withKnown(all ? await readListed(all) : inputs), all !== undefined && all.length > inputs.length, limits,
    async (file) => {
      const result = await readApart(entries.get(file) ?? { file, reading: readingOf(request), files: all ?? inputs, report: silent })
      return !(result && 'because' in result && result.because === 'stopped')
    },
  )
  try {
    return { catalog: await readAll(known), documents: await readAll(inputs) }
  } finally {
    reader?.close()
  }

  async function readAll(files: readonly DocumentFile[]): Promise<readonly UnderstoodDocument[]> {
    const understood: UnderstoodDocument[] = []
    for (const [index, file] of files.entries()) {
      const entry = entries.get(file)
      if (entry) understood.push(await readEntry(entry))
      host.releaseBytes?.(file)
      host.progress?.('Reading', index + 1, files.length)
    }
    return understood
  }

  async function readEntry(entry: Entry): Promise<UnderstoodDocument> {
    const { file, reading, files, report } = entry
    const here = { ...reading, companions: companionsAmong(files), others, means }
    const result = await understandLarge(file, here, attack, report, { watch: reader?.watch }) ?? await readApart(entry)
    if (!result || ('because' in result && result.because === 'needs-others')) {
      return understandDocument(file, here, attack, report)
    }
    if ('file' in result) return result
    if ('because' in result) {
      reportStopped(file, result, report)
      return { file, rows: 0, sets: [] }
    }
    for (const diagnostic of result.diagnostics) report(diagnostic.code, diagnostic)
    shareParts(result.understood.sets)
    return { file, ...result.understood }
  }

  /** The result of a worker, which reads each document once; undefined if the document is read here. */
  async function readApart({ file, reading, files }: Entry): Promise<ApartResult | undefined> {
    // What is refused at once is not sent: it may be hundreds of megabytes.
    if (!reader?.wants(file) || hasTooManyCharacters(file, limits)) return undefined
    const task = { ...reading, file, limits, hasOthers: others(file) !== undefined }
    const result = results.get(file) ?? reader.read(task, companionsAmong(files))
    results.set(file, result)
    return result
  }
}

/** The sources of a request, by which workers load the same ATT&CK. */
export function sourcesOf({ attackBundle, attackReleases }: AttackSources): AttackSources {
  return { ...(attackBundle && { attackBundle }), ...(attackReleases && { attackReleases }) }
}

function readingOf({ from, statements }: UnderstandRequest): Entry['reading'] {
  return { ...(from !== undefined && { from }), ...(statements && { statements }) }
}

function companionsAmong(files: readonly (DocumentFile | ListedDocument)[]): Companions {
  const find = (name: string) => files.find((other) => other.name === name)
  return {
    has: (name) => find(name) !== undefined,
    find: (name) => {
      const found = find(name)
      return found && 'read' in found ? found.read(silent) : found
    },
  }
}

/** Reads the documents of other shards, which report their problems. */
async function readListed(listed: readonly ListedDocument[]): Promise<readonly DocumentFile[]> {
  const files: DocumentFile[] = []
  for (const document of listed) {
    const file = await document.read(silent)
    if (file) files.push(file)
  }
  return files
}

function reportStopped(file: DocumentFile, { limit, flag }: StopResult, report: Report): void {
  report('read/stopped', {
    message: `Reading ${file.path} was stopped at the limit of ${limit}`,
    origin: { document: file.name, place: { kind: 'file' } },
    found: `a document of ${file.bytes.byteLength} bytes`,
    expected: `a document that is read within ${limit}`,
    hint: `If you trust the document, raise the limit: ${flag}`,
  })
}

/** Reads a document for `ApartReader`, in the worker. `readForeign` need not be limited: the whole worker is. */
export async function understandApart(
  { file, limits, hasOthers, ...reading }: ApartTask, attack: AttackIndex,
  { companions, readForeign }: { readonly companions: Companions; readonly readForeign: ReadForeignWorkbook },
): Promise<ApartResult> {
  const log = createDiagnosticLog()
  return new Promise((resolve, reject) => {
    // Reading ends there: the promise of the other documents is never kept.
    const others = () => async () => {
      resolve({ because: 'needs-others' })
      return new Promise<never>(() => undefined)
    }
    const means = { readForeign, limits }
    const read = async (): Promise<ApartResult> => {
      const { file: _file, ...understood } = await understandDocument(
        file, { ...reading, companions, means, ...(hasOthers && { others }) }, attack, log.report,
      )
      // What is shared is sent once.
      shareParts(understood.sets)
      return { understood, diagnostics: log.entries }
    }
    read().then(resolve).catch(reject)
  })
}
