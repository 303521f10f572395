import type { Artifact } from './emitters/artifact.js'
import type { DiagnosticDetails } from './diagnostics/diagnostic.js'
import type { DiagnosticLog } from './diagnostics/diagnostic-log.js'
import type { EmitContext, Emitter } from './emitters/emitter.js'
import { resolveOptionValues, type OptionValue } from './emitters/option-values.js'
import { emitters } from './emitters/registry.js'
import { artifactBaseName } from './model/artifact-base-name.js'
import type { ResolvedSet } from './model/mapping-set.js'
import type { ConvertRequest, Understanding } from './requests.js'
import { tool } from './tool.js'

/** An artefact, where it goes, and the options that it was made with. */
export interface EmittedArtifact {
  readonly artifact: Artifact
  readonly folder: string
  readonly options: Readonly<Record<string, OptionValue>>
}

const combinedName = 'all'

/** Runs the emitters asked for over every set, in the registry's order, one artefact at a time. */
export async function* emitArtifacts(understanding: Understanding, request: ConvertRequest, log: DiagnosticLog): AsyncGenerator<EmittedArtifact> {
  const chosen: readonly Emitter[] = emitters.filter(({ id }) => request.emitters.includes(id))
  const baseNames = uniqueBaseNames(understanding)
  for (const { folder, set } of understanding.sets) {
    const context = createContext([set], baseNames.get(set) ?? artifactBaseName(set))
    for (const emitter of chosen) {
      const options = optionsOf(emitter)
      for (const artifact of await emitter.emit(set, context, options)) yield { artifact, folder, options }
    }
  }
  if (request.combine !== true || understanding.sets.length === 0) return
  const sets = understanding.sets.map(({ set }) => set)
  const context = createContext(sets, combinedName)
  for (const emitter of chosen) {
    const options = optionsOf(emitter)
    for (const artifact of await emitter.combine(sets, context, options)) yield { artifact, folder: '', options }
  }

  function optionsOf(emitter: Emitter): Record<string, OptionValue> {
    return resolveOptionValues(emitter.options, request.options ?? {})
  }

  function createContext(about: readonly ResolvedSet[], baseName: string): EmitContext {
    const documents = new Set(about.flatMap((set) => set.sources.map(({ name }) => name)))
    return {
      attack: understanding.attack,
      tool,
      baseName,
      report: (code, details: DiagnosticDetails = {}) => log.report(code, { subject: baseName, ...details }),
      get diagnostics() {
        return log.entries.filter(({ subject, origin }) =>
          subject === undefined ? origin !== undefined && documents.has(origin.document) : subject === baseName)
      },
      ...(request.created !== undefined && { created: request.created }),
    }
  }
}

/** Two sets whose names differ only in characters that file names can't have are told apart by a number. */
function uniqueBaseNames(understanding: Understanding): ReadonlyMap<ResolvedSet, string> {
  const taken = new Map<string, number>()
  return new Map(understanding.sets.map(({ folder, set }) => {
    const name = artifactBaseName(set)
    // File systems that ignore case would let one overwrite the other.
    const key = `${folder}/${name}`.toLowerCase()
    const nth = (taken.get(key) ?? 0) + 1
    taken.set(key, nth)
    return [set, nth === 1 ? name : `${name}_${nth}`]
  }))
}
