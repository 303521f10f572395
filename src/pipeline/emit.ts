import type { Diagnostic, DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import { type Emitter, limitValue } from '../emitters/emitter.js'
import { artifactBaseName, type PlacedSet, type ResolvedSet } from '../model/mapping-set.js'
import { chooseEmitters, emitJob, type EmitMeans, runWide } from './emit-job.js'
import type { ApartEmitter, EmitJob, EmitTask, MadeArtifact } from './emit-task.js'
import type { Host } from './host.js'
import { documentsOf, type Former } from './manifest.js'
import { knownReports } from './known-reports.js'
import { sourcesOf } from './read-apart.js'
import type { ConvertRequest, Understanding } from './requests.js'
import { takeJobs } from './shard.js'

/** An artifact, its folder, and the names of the documents that its sets come from. */
export interface EmittedArtifact {
  readonly artifact: MadeArtifact
  readonly folder: string
  readonly documents: ReadonlySet<string>
}

/** What emitters get beside the request, and what earlier runs left in the output. */
interface Emitting extends Pick<EmitMeans, 'extraTables'> {
  readonly host: Pick<Host, 'openRasteriser' | 'openApartEmitter'>
  readonly former: Former
  /** The names of all documents of the run. */
  readonly names?: readonly string[]
  /** The documents that diagnostics are about: where documents are not merged, sets of several have the same name. */
  readonly owners?: ReadonlyMap<Diagnostic, string>
}

/** Fewer rows are emitted here: starting a worker takes as long. */
const apartRows = 5000

/** Runs the requested emitters over each set and, with `combine`, over all together, in the registry's order, one artifact at a time. */
export async function* emitArtifacts(
  understanding: Pick<Understanding, 'attack' | 'sets'>,
  request: ConvertRequest,
  log: DiagnosticLog,
  { host, extraTables, former, names, owners }: Emitting,
): AsyncGenerator<EmittedArtifact> {
  reportLimits(chooseEmitters(request), request, log.report)
  const jobs = takeJobs(planJobs(understanding.sets, request, former, log.report), request)
  const findKnown = knownReports(log.entries, owners)
  const inputs = new Set(names)
  const undated = new Set<string>()
  const report: Report = (code, details) => {
    if (!runWide.has(code)) log.report(code, details)
    else if (details?.subject !== undefined) undated.add(details.found ?? details.subject)
  }

  const { openRasteriser } = host
  const means = { attack: understanding.attack, ...(openRasteriser && { openRasteriser }), ...(extraTables && { extraTables }) }
  // Tables are found by their set, of which a worker has a copy.
  const apart = extraTables ? undefined : openApartEmitter(jobs, request, host)
  try {
    const emitted = apart
      ? apart.emitAll(jobs.map(describeTask), report)
      : jobs.map((job) => emitJob(describeTask(job), means, report))
    let nth = 0
    for await (const artifacts of emitted) {
      const { folder, sets } = jobs[nth++] ?? { folder: '', sets: [] }
      const documents = documentNames(sets)
      for await (const artifact of artifacts) yield { artifact, folder, documents }
    }
  } finally {
    apart?.close()
  }

  if (undated.size > 0) {
    const found = [...undated].slice(0, 10).join(', ')
    log.report('emit/set-undated', { found, count: undated.size, hint: 'Supply the date with --created YYYY-MM-DD.' })
  }

  function describeTask(job: EmitJob): EmitTask {
    const { emitters, options, emitterOptions, created, against } = request
    const { document, sets } = job
    const documents = documentNames(sets)
    // A set may have used other documents, or was made from them before: the notes in its folder are about its own.
    const noted = document === undefined ? documents : new Set([...documents].filter((name) => name === document || !inputs.has(name)))
    return {
      job, known: findKnown(job, noted), emitters,
      ...(options && { options }), ...(emitterOptions && { emitterOptions }), ...(created !== undefined && { created }), ...(against && { against }),
    }
  }
}

/** Workers for the jobs, if the request asks for several, the host has them, and there is enough to do. */
function openApartEmitter(jobs: readonly EmitJob[], { jobs: atOnce = 1, ...request }: ConvertRequest, host: Pick<Host, 'openApartEmitter'>): ApartEmitter | undefined {
  const rows = jobs.reduce((sum, { sets }) => sum + sets.reduce((inJob, { mappings }) => inJob + mappings.length, 0), 0)
  // An index that the caller loaded cannot be sent to a worker, and its sources are not known.
  if (request.attack || jobs.length < 2 || rows < apartRows) return undefined
  return atOnce > 1 ? host.openApartEmitter?.(sourcesOf(request), Math.min(atOnce, jobs.length)) : undefined
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

/** The names of the documents that sets come from. */
export function documentNames(sets: readonly ResolvedSet[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => set.sources.map(({ name }) => name)))
}

function planJobs(
  placed: readonly PlacedSet[], { combine, prune, shard }: ConvertRequest, former: Former, report: Report,
): readonly EmitJob[] {
  // A shard replaces what is in its output.
  const isTaken = prune === true || shard ? undefined : findTaken(former)
  const baseNames = nameSets(placed, isTaken, report)
  const each = placed.map(({ folder, document, set }): EmitJob => ({ folder, document, sets: [set], baseName: baseNames.get(set) ?? artifactBaseName(set) }))
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
