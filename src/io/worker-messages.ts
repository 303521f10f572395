import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { ForeignResult } from '../formats/workbook/foreign-workbook.js'
import type { EmitTask, MadeArtifact } from '../pipeline/emit-task.js'
import type { ApartResult, ApartTask } from '../pipeline/requests.js'

/** What a worker is asked for. */
export type WorkerRequest =
  | { readonly task: ApartTask }
  | { readonly emit: EmitTask }
  | { readonly foreign: Uint8Array }
  /** The answer to `WorkerMessage`: the companion, or whether there is one. */
  | { readonly companion: DocumentFile | boolean | undefined }

/** What a worker says: that it has loaded, the result of a task, the error that reading threw, or the name of a companion that it needs. */
export type WorkerMessage =
  | { readonly ready: true }
  | { readonly document: ApartResult }
  | { readonly emitted: EmittedApart }
  | { readonly workbook: ForeignResult }
  | { readonly error: unknown }
  | { readonly companion: string; readonly content: boolean }

/** An artifact from a worker: its content, or the first error of one that does not match its schema. */
export type SentArtifact = Omit<MadeArtifact, 'content'> & (
  | { readonly chunks: readonly Uint8Array[] }
  | { readonly invalid: { readonly instancePath: string; readonly message: string } }
)

/** What a worker made of a task, and what was reported meanwhile. */
export interface EmittedApart {
  readonly artifacts: readonly SentArtifact[]
  readonly diagnostics: readonly Diagnostic[]
}
