import type { AttackIndex } from '../attack/attack-index.js'
import { createDiagnostic, type Diagnostic, type DiagnosticDetails, type Report } from '../diagnostics/diagnostic.js'
import { InvalidArtifactError, renderArtifact } from '../emitters/artifact-parts.js'
import { type Artifact, type EmitContext, type Emitter, type OptionValue, resolveOptionValues } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import { tool } from '../model/tool.js'
import { chooseAdversaries } from './choose-adversaries.js'
import type { EmitTask, MadeArtifact } from './emit-task.js'
import type { ConvertRequest } from './requests.js'

export { InvalidArtifactError }

/** What emitters need beside a task. */
export interface EmitMeans extends Pick<EmitContext, 'openRasteriser' | 'extraTables'> {
  readonly attack: AttackIndex
}

/** The artifact with the options that it was made with. */
export function asMade(artifact: Artifact, options: Readonly<Record<string, OptionValue>> = {}): MadeArtifact {
  const { name, emitter, schema, counts } = artifact
  return { name, emitter, schema, counts, options, content: () => renderArtifact(artifact) }
}

/** The requested emitters, in the registry's order. */
export function chooseEmitters({ emitters: ids }: Pick<ConvertRequest, 'emitters'>): readonly Emitter<EmitterId>[] {
  return emitters.filter(({ id }) => ids.includes(id))
}

/**
 * Runs the requested emitters over the sets of a job, in the registry's order, one artifact at a time. Depends on nothing but its arguments, so
 * that jobs may run in any order and place.
 */
export async function* emitJob({ job, known, ...request }: EmitTask, { attack, ...means }: EmitMeans, report: Report): AsyncGenerator<MadeArtifact> {
  const { sets, baseName, combined } = job
  const against = chooseAdversaries(attack, request.against)
  for (const emitter of chooseEmitters(request)) {
    const options = resolveOptionValues(emitter.options, { ...request.options, ...request.emitterOptions?.[emitter.id] })
    // Losses of a format are in its own notes, not in those of the others.
    const own: Diagnostic[] = []
    const context: EmitContext = {
      ...means,
      attack,
      tool,
      baseName,
      report(code, details: DiagnosticDetails = {}) {
        const about = { subject: baseName, ...details }
        report(code, about)
        if (!runWide.has(code) && about.subject === baseName) own.push(createDiagnostic(code, about))
      },
      get diagnostics() {
        return [...known, ...own]
      },
      ...(request.created !== undefined && { created: request.created }),
      ...(combined && { combined }),
      ...(against && { against }),
    }
    for (const artifact of await emitter.emit(sets, context, options)) yield asMade(artifact, options)
  }
}

/** What is said once for all sets of a run, by its end. One date answers for all of them. */
export const runWide: ReadonlySet<string> = new Set(['emit/set-undated'])
