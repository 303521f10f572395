import type { DiagnosticDetails, DiagnosticLog } from '../diagnostics/diagnostic.js'
import { type Artifact, type EmitContext, type Emitter, type OptionValue, resolveOptionValues } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import { artifactBaseName, type PlacedSet, type ResolvedSet } from '../model/mapping-set.js'
import { tool } from '../model/tool.js'
import type { ConvertRequest, Understanding } from './requests.js'

/** An artifact, its folder, and the options that it was made with. */
export interface EmittedArtifact {
  readonly artifact: Artifact
  readonly folder: string
  readonly options: Readonly<Record<string, OptionValue>>
}

/** The sets of one call of an emitter, and the folder of its artifacts. */
interface EmitJob {
  readonly folder: string
  readonly sets: readonly ResolvedSet[]
  readonly baseName: string
  readonly combined?: true
}

/** Runs the requested emitters over each set and, with `combine`, over all together, in the registry's order, one artifact at a time. */
export async function* emitArtifacts(
  understanding: Pick<Understanding, 'attack' | 'sets'>,
  request: ConvertRequest,
  log: DiagnosticLog,
  { openRasteriser, extraTables }: Pick<EmitContext, 'openRasteriser' | 'extraTables'> = {},
): AsyncGenerator<EmittedArtifact> {
  const chosen: readonly Emitter<EmitterId>[] = emitters.filter(({ id }) => request.emitters.includes(id))
  for (const job of planJobs(understanding.sets, request.combine === true)) {
    const context = createContext(job)
    for (const emitter of chosen) {
      const options = resolveOptionValues(emitter.options, { ...request.options, ...request.emitterOptions?.[emitter.id] })
      for (const artifact of await emitter.emit(job.sets, context, options)) yield { artifact, folder: job.folder, options }
    }
  }

  function createContext({ sets, baseName, combined }: EmitJob): EmitContext {
    const documents = new Set(sets.flatMap((set) => set.sources.map(({ name }) => name)))
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
      ...(combined && { combined }),
      ...(extraTables && { extraTables }),
      ...(openRasteriser && { openRasteriser }),
    }
  }
}

function planJobs(placed: readonly PlacedSet[], combine: boolean): readonly EmitJob[] {
  const baseNames = nameSets(placed)
  const each = placed.map(({ folder, set }): EmitJob => ({ folder, sets: [set], baseName: baseNames.get(set) ?? artifactBaseName(set) }))
  if (!combine || placed.length === 0) return each
  return [...each, { folder: '', sets: placed.map(({ set }) => set), baseName: 'all', combined: true }]
}

/**
 * The base name of each set's artifacts, unique in its folder: a number distinguishes sets whose names are equal, or differ only
 * in characters that file names cannot contain.
 */
export function nameSets(sets: readonly PlacedSet[]): ReadonlyMap<ResolvedSet, string> {
  const taken = new Map<string, number>()
  return new Map(sets.map(({ folder, set }) => {
    const name = artifactBaseName(set)
    // On file systems that ignore case, one would overwrite the other.
    const key = `${folder}/${name}`.toLowerCase()
    const nth = (taken.get(key) ?? 0) + 1
    taken.set(key, nth)
    return [set, nth === 1 ? name : `${name}_${nth}`]
  }))
}
