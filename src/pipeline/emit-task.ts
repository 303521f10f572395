import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { ArtifactContent } from '../emitters/artifact-parts.js'
import type { Artifact, OptionValue } from '../emitters/emitter.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { ConvertRequest } from './requests.js'

/** The sets of one call of each emitter, and the folder of its artifacts. Plain data. */
export interface EmitJob {
  readonly folder: string
  /** The document whose set it is, where documents are not merged. */
  readonly document?: string | undefined
  readonly sets: readonly ResolvedSet[]
  readonly baseName: string
  readonly combined?: true
}

/** A job and all that its artifacts depend on but ATT&CK: what the run asks for, and what was said about the sets before. Plain data. */
export interface EmitTask extends Pick<ConvertRequest, 'emitters' | 'options' | 'emitterOptions' | 'created' | 'against'> {
  readonly job: EmitJob
  readonly known: readonly Diagnostic[]
}

/** An artifact to be written, whose content is validated as it is made. */
export interface MadeArtifact extends Pick<Artifact, 'name' | 'emitter' | 'schema' | 'counts'> {
  readonly options: Readonly<Record<string, OptionValue>>
  /** Throws InvalidArtifactError, or making a chunk does. */
  readonly content: () => Promise<ArtifactContent>
}

/** Emits jobs in workers. */
export interface ApartEmitter {
  /**
   * Emits tasks, several at once. Yields the artifacts of each in the order of the tasks, after its reports. Rejects if Crosswalk fails, as
   * emitting here would.
   */
  emitAll(tasks: readonly EmitTask[], report: Report): AsyncIterable<readonly MadeArtifact[]>
  /** Ends the workers. */
  close(): void
}
