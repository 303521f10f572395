import type { DiagnosticDetails, DiagnosticLog } from '../diagnostics/diagnostic.js'
import { type Artifact, type EmitContext, type Emitter, type OptionValue, resolveOptionValues } from '../emitters/emitter.js'
import { emitters } from '../emitters/registry.js'
import type { WorkbookSupplement } from '../emitters/xlsx/workbook.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import { artifactBaseName } from '../model/set-facts.js'
import { tool } from '../model/tool.js'
import type { ConvertRequest, PlacedSet, Understanding } from './requests.js'

/** An artifact, where it goes, and the options that it was made with. */
export interface EmittedArtifact {
  readonly artifact: Artifact
  readonly folder: string
  readonly options: Readonly<Record<string, OptionValue>>
}

/** What emitters are given that is neither of the sets nor asked for. */
interface EmitMeans extends Pick<EmitContext, 'openRasteriser'> {
  /** What the workbooks of sets show beside their rows. */
  readonly supplements?: ReadonlyMap<ResolvedSet, WorkbookSupplement>
}

const combinedName = 'all'

async function combineSupplements(
  sets: readonly ResolvedSet[], supplements: ReadonlyMap<ResolvedSet, WorkbookSupplement>,
): Promise<WorkbookSupplement | undefined> {
  return (await import('../emitters/xlsx/combine-supplements.js')).combineSupplements(sets, supplements)
}

/** Runs the emitters asked for over every set, in the registry's order, one artifact at a time. */
export async function* emitArtifacts(
  understanding: Pick<Understanding, 'attack' | 'sets'>,
  request: ConvertRequest,
  log: DiagnosticLog,
  { openRasteriser, supplements }: EmitMeans = {},
): AsyncGenerator<EmittedArtifact> {
  const chosen: readonly Emitter[] = emitters.filter(({ id }) => request.emitters.includes(id))
  const baseNames = nameSets(understanding.sets)
  for (const { folder, set } of understanding.sets) {
    const context = createContext([set], baseNames.get(set) ?? artifactBaseName(set), supplements?.get(set))
    for (const emitter of chosen) {
      const options = optionsOf(emitter)
      for (const artifact of await emitter.emit(set, context, options)) yield { artifact, folder, options }
    }
  }
  if (request.combine !== true || understanding.sets.length === 0) return
  const sets = understanding.sets.map(({ set }) => set)
  const context = createContext(sets, combinedName, supplements && await combineSupplements(sets, supplements))
  for (const emitter of chosen) {
    const options = optionsOf(emitter)
    for (const artifact of await emitter.combine(sets, context, options)) yield { artifact, folder: '', options }
  }

  function optionsOf(emitter: Emitter): Record<string, OptionValue> {
    return resolveOptionValues(emitter.options, request.options ?? {})
  }

  function createContext(about: readonly ResolvedSet[], baseName: string, supplement?: WorkbookSupplement): EmitContext {
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
      ...(supplement && { supplement }),
      ...(openRasteriser && { openRasteriser }),
    }
  }
}

/**
 * The base name of each set's artifacts, unique in its folder: two sets whose names differ only in characters that file names can't have,
 * or not at all, are told apart by a number.
 */
export function nameSets(sets: readonly PlacedSet[]): ReadonlyMap<ResolvedSet, string> {
  const taken = new Map<string, number>()
  return new Map(sets.map(({ folder, set }) => {
    const name = artifactBaseName(set)
    // File systems that ignore case would let one overwrite the other.
    const key = `${folder}/${name}`.toLowerCase()
    const nth = (taken.get(key) ?? 0) + 1
    taken.set(key, nth)
    return [set, nth === 1 ? name : `${name}_${nth}`]
  }))
}
