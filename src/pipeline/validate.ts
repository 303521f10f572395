import { type AttackSources, loadAttack } from '../attack/load-attack.js'
import type { Code } from '../diagnostics/catalogue.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticDetails, type Report } from '../diagnostics/diagnostic.js'
import { htmlReportValidator } from '../emitters/html/validate-report.js'
import { mispClustersValidator, mispGalaxyValidator } from '../emitters/misp-galaxy/validate-galaxy.js'
import { navigatorLayerValidator } from '../emitters/navigator/validate-layer.js'
import { stixBundleValidator } from '../emitters/stix/validate-bundle.js'
import { mappingTableValidator } from '../emitters/table/validate-table.js'
import { decodeDocument } from '../formats/decode-document.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import { treeOf } from '../formats/tree-fields.js'
import type { Origin } from '../model/origin.js'
import { manifestValidator, ownJsonValidators, reportTableValidator } from '../validation/own-files.js'
import type { PlatformId } from '../validation/stix/platforms/platforms.js'
import type { ValidationContext, Validator } from '../validation/validator.js'
import { mappingDocumentValidator } from './check-rows.js'
import type { Host } from './host.js'

/** What to validate. */
export interface ValidateRequest extends AttackSources {
  /** Files, folders or globs; what they mean is the host's business. */
  readonly inputs: readonly string[]
  /** Platforms that STIX bundles are judged for as well; none when absent. */
  readonly platforms?: readonly PlatformId[]
}

/** What was found of one file. */
export interface FileValidation {
  readonly file: DocumentFile
  /** The id of its kind; absent when it is of none that is known, or cannot be read. */
  readonly kind?: string
  readonly title?: string
  /** What it holds. */
  readonly counts: Readonly<Record<string, number>>
  /** Errors make a file invalid; warnings and notes do not. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What was found of all files, and what could not be read at all. */
export interface ValidationReport {
  readonly files: readonly FileValidation[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Judges files of any kind that is known: first against a schema, then for what they mean. */
export async function validate(request: ValidateRequest, host: Host): Promise<ValidationReport> {
  const log = createDiagnosticLog()
  const attack = await loadAttack(request, log.report)
  const files = await host.readDocuments(request.inputs, log.report)
  const byPath = new Map(files.map((file) => [file.path, file]))
  const verdicts: FileValidation[] = []
  for (const [index, file] of files.entries()) {
    verdicts.push(await validateFile(file, { attack, files: byPath, platforms: request.platforms ?? [] }))
    host.progress?.('Validating', index + 1, files.length)
  }
  return { files: verdicts, diagnostics: [...log.entries, ...verdicts.flatMap(({ diagnostics }) => diagnostics)] }
}

type Surroundings = Pick<ValidationContext, 'attack' | 'files' | 'platforms'>

async function validateFile(file: DocumentFile, surroundings: Surroundings): Promise<FileValidation> {
  const { report, entries } = createDiagnosticLog()
  const document = await decodeDocument(file, report)
  if (!document) return { file, counts: {}, diagnostics: entries }
  const validator = validators.find((one) => one.recognises(document))
  if (!validator) {
    report('verify/unknown-kind', { origin: originIn(document, '') })
    return { file, counts: {}, diagnostics: entries }
  }
  const counts = await validator.validate(document, { ...surroundings, report, reportAt: createReportAt(document, report) })
  return { file, kind: validator.id, title: validator.title, counts, diagnostics: entries }
}

function createReportAt(document: DecodedDocument, report: Report) {
  return (pointer: string, code: Code, details: DiagnosticDetails): void =>
    report(code, { origin: originIn(document, pointer), ...details })
}

function originIn(document: DecodedDocument, pointer: string): Origin {
  const { name } = document.file
  const tree = treeOf(document)
  if (!tree) return { document: name, place: { kind: 'file' } }
  // What is missing has no place of its own: that of what should hold it is shown.
  const position = tree.locate(pointer) ?? tree.locate(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))))
  return { document: name, place: { kind: 'pointer', pointer, ...position } }
}

/** Every kind of file that can be validated; the first that recognises a file judges it. */
const validators: readonly Validator[] = [
  stixBundleValidator,
  navigatorLayerValidator,
  manifestValidator,
  mispClustersValidator,
  mispGalaxyValidator,
  htmlReportValidator,
  ...ownJsonValidators,
  mappingTableValidator,
  reportTableValidator,
  mappingDocumentValidator,
]
