import type { Diagnostic, DiagnosticDetails, DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import { type Artifact, type EmitContext, type Emitter, limitValue, type OptionValue, resolveOptionValues } from '../emitters/emitter.js'
import { type EmitterId, emitters } from '../emitters/registry.js'
import { artifactBaseName, type PlacedSet, type ResolvedSet } from '../model/mapping-set.js'
import { tool } from '../model/tool.js'
import { documentsOf, type Former } from './manifest.js'
import type { ConvertRequest, Understanding } from './requests.js'

/** An artifact, its folder, the options that it was made with, and the names of the documents that its sets come from. */
export interface EmittedArtifact {
  readonly artifact: Artifact
  readonly folder: string
  readonly options: Readonly<Record<string, OptionValue>>
  readonly documents: ReadonlySet<string>
}

/** The sets of one call of an emitter, and the folder of its artifacts. */
interface EmitJob {
  readonly folder: string
  readonly sets: readonly ResolvedSet[]
  readonly baseName: string
  readonly combined?: true
}

/** What emitters get beside the request, and what earlier runs left in the output. */
interface Emitting extends Pick<EmitContext, 'openRasteriser' | 'extraTables' | 'against'> {
  readonly former: Former
}

/** Runs the requested emitters over each set and, with `combine`, over all together, in the registry's order, one artifact at a time. */
export async function* emitArtifacts(
  understanding: Pick<Understanding, 'attack' | 'sets'>,
  request: ConvertRequest,
  log: DiagnosticLog,
  { openRasteriser, extraTables, against, former }: Emitting,
): AsyncGenerator<EmittedArtifact> {
  const chosen: readonly Emitter<EmitterId>[] = emitters.filter(({ id }) => request.emitters.includes(id))
  reportLimits(chosen, request, log.report)
  // Losses of a format are in its own notes, not in those of the others.
  const reportedBy = new Map<Diagnostic, string>()
  const undated = new Set<string>()
  for (const job of planJobs(understanding.sets, request, former, log.report)) {
    const documents = documentNames(job.sets)
    for (const emitter of chosen) {
      const options = resolveOptionValues(emitter.options, { ...request.options, ...request.emitterOptions?.[emitter.id] })
      for (const artifact of await emitter.emit(job.sets, createContext(job, documents, emitter.id), options)) {
        yield { artifact, folder: job.folder, options, documents }
      }
    }
  }

  if (undated.size > 0) {
    const found = [...undated].slice(0, 10).join(', ')
    log.report('emit/set-undated', { found, count: undated.size, hint: 'Supply the date with --created YYYY-MM-DD.' })
  }

  function createContext({ sets: _sets, baseName, combined }: EmitJob, documents: ReadonlySet<string>, emitter: string): EmitContext {
    return {
      attack: understanding.attack,
      tool,
      baseName,
      report(code, details: DiagnosticDetails = {}) {
        // One date answers for the whole run, so it is asked for once.
        if (code === 'emit/set-undated') {
          undated.add(details.found ?? baseName)
          return
        }
        log.report(code, { subject: baseName, ...details })
        const reported = log.entries.at(-1)
        if (reported) reportedBy.set(reported, emitter)
      },
      get diagnostics() {
        return log.entries.filter((entry) => (reportedBy.get(entry) ?? emitter) === emitter && concerns(entry, baseName, documents))
      },
      ...(request.created !== undefined && { created: request.created }),
      ...(combined && { combined }),
      ...(extraTables && { extraTables }),
      ...(against && { against }),
      ...(openRasteriser && { openRasteriser }),
    }
  }
}

/** Reports numbers beyond the limits of their options. */
function reportLimits(chosen: readonly Emitter[], { options: requested = {} }: ConvertRequest, report: Report): void {
  const specs = new Map(chosen.flatMap(({ options }) => Object.entries(options)))
  for (const [name, spec] of specs) {
    const value = Object.hasOwn(requested, name) ? requested[name] : undefined
    const used = value === undefined ? value : limitValue(spec, value)
    if (!Object.is(used, value)) {
      report('emit/option-limited', { message: `--${name} ${String(value)} is beyond the limit; ${String(used)} was used`, found: String(value) })
    }
  }
}

function concerns({ subject, origin }: Diagnostic, baseName: string, documents: ReadonlySet<string>): boolean {
  return subject === undefined ? origin !== undefined && documents.has(origin.document) : subject === baseName
}

/** The names of the documents that sets come from. */
export function documentNames(sets: readonly ResolvedSet[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => set.sources.map(({ name }) => name)))
}

function planJobs(
  placed: readonly PlacedSet[], { combine, prune }: ConvertRequest, former: Former, report: Report,
): readonly EmitJob[] {
  const isTaken = prune === true ? undefined : findTaken(former)
  const baseNames = nameSets(placed, isTaken, report)
  const each = placed.map(({ folder, set }): EmitJob => ({ folder, sets: [set], baseName: baseNames.get(set) ?? artifactBaseName(set) }))
  if (combine === undefined || combine === false || placed.length === 0) return each
  const sets = placed.map(({ set }) => set)
  let baseName = combinedName
  for (let nth = 2; isTaken?.('', baseName, sets) === true; nth++) baseName = `${combinedName}_${nth}`
  if (baseName !== combinedName) reportTaken(combinedName, baseName, report)
  const together: EmitJob = { folder: '', sets, baseName, combined: true }
  return combine === 'only' ? [together] : [...each, together]
}

const combinedName = 'all'

/** Whether earlier runs wrote artifacts with a base name from other documents only. */
type IsTaken = (folder: string, baseName: string, sets: readonly ResolvedSet[]) => boolean

/** Looks up base names among the artifacts of earlier runs. */
export function findTaken(former: Former): IsTaken {
  const owners = former.artifacts.map((artifact) =>
    ({ name: artifact.name.toLowerCase(), documents: Object.keys(documentsOf(artifact, former)) }))
  return (folder, baseName, sets) => {
    const start = `${folder === '' ? '' : `${folder}/`}${baseName}.`.toLowerCase()
    const own = documentNames(sets)
    return owners.some(({ name, documents }) => name.startsWith(start) && documents.length > 0 && !documents.some((one) => own.has(one)))
  }
}

/**
 * The base name of each set's artifacts, unique in its folder: a number distinguishes sets whose names are equal, or differ only
 * in characters that file names cannot contain, and sets whose name has artifacts of other documents, which are not overwritten.
 */
export function nameSets(sets: readonly PlacedSet[], isTaken: IsTaken = () => false, report?: Report): ReadonlyMap<ResolvedSet, string> {
  const used = new Set<string>()
  return new Map(sets.map(({ folder, set }) => {
    const name = artifactBaseName(set)
    // On file systems that ignore case, one would overwrite the other.
    const isUsed = (candidate: string): boolean => used.has(`${folder}/${candidate}`.toLowerCase())
    let chosen = name
    let foreign = false
    for (let nth = 2; isUsed(chosen) || isTaken(folder, chosen, [set]); nth++) {
      foreign ||= !isUsed(chosen)
      chosen = `${name}_${nth}`
    }
    used.add(`${folder}/${chosen}`.toLowerCase())
    if (foreign && report) reportTaken(name, chosen, report)
    return [set, chosen]
  }))
}

function reportTaken(name: string, chosen: string, report: Report): void {
  report('emit/name-taken', {
    message: `The output folder has artifacts named ${name} of other documents; those of this run are named ${chosen}`,
    subject: chosen,
  })
}
