import { type AttackSources, loadAttack } from '../attack/load-attack.js'
import type { Code } from '../diagnostics/catalogue.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticDetails, type DiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import { writtenKinds } from '../emitters/registry.js'
import { decodeDocument, openLargeDocument } from '../formats/decode-document.js'
import { type DecodedDocument, type DocumentFile, treeOf } from '../formats/decoded.js'
import { chooseLimits, type Limits, usualLimits } from '../formats/limits.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { Origin } from '../model/origin.js'
import { checkSet } from '../rules/check/check-set.js'
import type { Counts, FileKind, ValidationContext } from '../validation/file-kind.js'
import { manifestKind, ownJsonKinds, reportTableKind } from '../validation/own-files.js'
import type { PlatformId } from '../validation/stix/platforms/platforms.js'
import { understandOne } from './convert.js'
import type { Host } from './host.js'
import { detectParser, reportOn } from './understand.js'

/** The files to validate. */
export interface ValidateRequest extends AttackSources {
  /** Files, folders or globs, as the host interprets them. */
  readonly inputs: readonly string[]
  /** Platforms that STIX bundles are also checked for; none if absent. */
  readonly platforms?: readonly PlatformId[]
}

/** The result of validating a file. */
export interface FileValidation {
  readonly file: DocumentFile
  /** The id of its kind; absent if that is unknown, or the file cannot be read. */
  readonly kind?: string
  readonly title?: string
  /** Numbers of what the file contains, by noun. */
  readonly counts: Readonly<Record<string, number>>
  /** Errors make a file invalid; warnings and notes do not. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The results of all files; `diagnostics` includes those of inputs that could not be read. */
export interface ValidationReport {
  readonly files: readonly FileValidation[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Validates files of all known kinds: first against a schema, then their meaning. */
export async function validate(request: ValidateRequest, host: Host): Promise<ValidationReport> {
  const log = createDiagnosticLog()
  const attack = await loadAttack(request, log.report)
  const files = await host.readDocuments(request.inputs, log.report)
  const surroundings = { attack, files: new Map(files.map((file) => [file.path, file])), platforms: request.platforms ?? [] }
  const validations: FileValidation[] = []
  for (const [index, file] of files.entries()) {
    validations.push(await validateFile(file, surroundings, fileKinds, chooseLimits(host.limits)))
    host.progress?.('Validating', index + 1, files.length)
  }
  return createReport(log, validations)
}

/** A decoded document, and the diagnostics of decoding it. */
export interface DecodedFile<Document extends DecodedDocument = DecodedDocument> {
  readonly document: Document
  readonly log: DiagnosticLog
}

/** Validates documents that are decoded already, as `validate` does files, and in their order. */
export async function validateDocuments(
  decoded: readonly DecodedFile[], sources: AttackSources, host: Pick<Host, 'progress'>,
): Promise<ValidationReport> {
  const log = createDiagnosticLog()
  const attack = await loadAttack(sources, log.report)
  const surroundings = { attack, files: new Map(decoded.map(({ document: { file } }) => [file.path, file])), platforms: [] }
  const validations: FileValidation[] = []
  for (const [index, one] of decoded.entries()) {
    validations.push(await validateDocument(one, surroundings, fileKinds))
    host.progress?.('Validating', index + 1, decoded.length)
  }
  return createReport(log, validations)
}

function createReport({ entries }: DiagnosticLog, files: readonly FileValidation[]): ValidationReport {
  return { files, diagnostics: [...entries, ...files.flatMap(({ diagnostics }) => diagnostics)] }
}

/** Everything that a file is validated against: ATT&CK, the other files, platforms. */
type Surroundings = Pick<ValidationContext, 'attack' | 'files' | 'platforms'>

/** Validates a file as the first of `kinds` that recognises it. */
export async function validateFile(file: DocumentFile, surroundings: Surroundings, kinds = fileKinds, limits: Limits = usualLimits): Promise<FileValidation> {
  const log = createDiagnosticLog()
  const large = { lists: bundleLists, accepts: () => true, keep: true, limits, sizes: bundleSizes }
  // Large bundles without their text, which takes as much memory as their bytes.
  const document = await openLargeDocument(file, large, log.report) ?? await decodeDocument(file, log.report, undefined, { limits })
  if (!document) return { file, counts: {}, diagnostics: log.entries }
  return validateDocument({ document, log }, surroundings, kinds, limits)
}

const bundleLists: ReadonlySet<string> = new Set(['objects'])
/** A grouping refers to all objects of its set, so that it grows with the bundle. */
const bundleSizes = { part: 1 << 17, most: 1 << 28, rest: 1 << 20 }

async function validateDocument(
  { document, log }: DecodedFile, surroundings: Surroundings, kinds: readonly FileKind[], limits: Limits = usualLimits,
): Promise<FileValidation> {
  const { report, entries } = log
  const { file } = document
  const kind = kinds.find((one) => one.recognise(document))
  if (!kind) {
    report('verify/unknown-kind', { origin: originIn(document, '') })
    return { file, counts: {}, diagnostics: entries }
  }
  const means = { attack: surroundings.attack, report, limits }
  const counts = await kind.validate(document, {
    ...surroundings,
    report,
    reportAt: createReportAt(document, report),
    checkRows: (rows) => checkRows(rows, means),
    readRows: (rows) => readRows(rows, means),
  })
  return { file, kind: kind.id, title: kind.title, counts, diagnostics: entries }
}

function createReportAt(document: DecodedDocument, report: Report) {
  return (pointer: string, code: Code, details: DiagnosticDetails): void =>
    report(code, { origin: originIn(document, pointer), ...details })
}

function originIn(document: DecodedDocument, pointer: string): Origin {
  const { name } = document.file
  const tree = treeOf(document)
  if (!tree) return { document: name, place: { kind: 'file' } }
  // A missing value has no place: the place of its parent is shown.
  const position = tree.locate(pointer) ?? tree.locate(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))))
  return { document: name, place: { kind: 'pointer', pointer, ...position } }
}

/** Any other document that a parser reads: reports what the parser and the rules for rows find. */
const mappingDocument: FileKind = {
  id: 'mapping-document',
  title: 'Mapping document',
  recognise: (document) => detectParser(document, undefined, () => undefined) !== undefined,
  validate: async (document, { readRows: read }) => read(document),
}

/** All kinds of files that can be validated, the first that recognises a file counts. Those of emitters are in their registry. */
export const fileKinds: readonly FileKind[] = [...writtenKinds, manifestKind, ...ownJsonKinds, reportTableKind, mappingDocument]

interface Means extends Pick<ValidationContext, 'attack' | 'report'> {
  readonly limits: Limits
}

/** Compares the rows of an artifact of ours with ATT&CK, as `convert` does. Diagnostics of its parser are no faults of an artifact. */
async function checkRows(document: DecodedDocument, { attack, report, limits }: Means): Promise<void> {
  // Line and column are found for the rows that are reported alone: few are.
  const { sets } = await understandOne(withoutPlaces(document), attack, limits)
  const located: Report = (code, details = {}) => report(code, { ...details, ...(details.origin && { origin: locateOrigin(details.origin, document) }) })
  for (const { set } of sets) checkSet(keepOrigins(set, document.file.name), { attack, report: reportOn(set, located) })
}

function withoutPlaces(document: DecodedDocument): DecodedDocument {
  return 'locate' in document ? { ...document, locate: () => undefined } : document
}

function locateOrigin({ document: name, place }: Origin, document: DecodedDocument): Origin {
  const position = name === document.file.name && place.kind === 'pointer' ? treeOf(document)?.locate(place.pointer) : undefined
  return { document: name, place: { ...place, ...position } }
}

/** Reads a document as `convert` does, and reports what its parser and the rules find. Counts sets and rows. */
async function readRows(document: DecodedDocument, { attack, report, limits }: Means): Promise<Counts> {
  const { sets, diagnostics } = await understandOne(document, attack, limits)
  for (const { code, ...details } of diagnostics) report(code, details)
  return { sets: sets.length, rows: sets.reduce((sum, { set }) => sum + set.mappings.length, 0) }
}

/** Keeps only the origins in the validated document, without those in the documents that it was made from. */
function keepOrigins(set: ResolvedSet, document: string): ResolvedSet {
  const mappings = set.mappings.map((row) => {
    const origins = row.origins.filter((origin) => origin.document === document)
    return origins.length === 0 ? row : { ...row, origins }
  })
  return { ...set, mappings }
}
