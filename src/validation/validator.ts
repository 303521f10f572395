import type { AttackIndex } from '../attack/attack-index.js'
import type { Code } from '../diagnostics/catalogue.js'
import type { DiagnosticDetails, Report } from '../diagnostics/diagnostic.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import type { PlatformId } from './stix/platforms/platforms.js'

/** What a validator is given beside its document. */
export interface ValidationContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Reports at the place of a JSON pointer in a tree, or of the whole document in others. */
  readonly reportAt: (pointer: string, code: Code, details: DiagnosticDetails) => void
  /** Every file that is validated in this run, by its path: a manifest is held against the artefacts beside it. */
  readonly files: ReadonlyMap<string, DocumentFile>
  /** The platforms that a bundle is to be judged for. */
  readonly platforms: readonly PlatformId[]
}

/** A kind of file, how to tell it, and what makes it valid. Pure: everything wrong is reported, nothing is thrown. */
export interface Validator {
  readonly id: string
  readonly title: string
  /** Whether a document means to be of this kind. Cheap; a broken file of the kind is still one. */
  recognises(document: DecodedDocument): boolean
  /** What the document holds, counted, for the summary. */
  validate(document: DecodedDocument, context: ValidationContext): Promise<Readonly<Record<string, number>>>
}
