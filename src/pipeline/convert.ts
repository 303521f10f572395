import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { checkSet } from '../rules/check/check-set.js'
import { normaliseSet } from '../rules/normalise/normalise-set.js'
import { completeDocuments } from './complete.js'
import { emitArtifacts } from './emit.js'
import type { Host } from './host.js'
import { placeSets } from './merge.js'
import { readDocuments } from './read-apart.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest } from './requests.js'
import { recordShard } from './record-shard.js'
import { ownDiagnostics, readNamed, readRunInputs, type Share } from './shard.js'
import { reportOn } from './understand.js'
import { openOutput, writeArtifacts } from './write.js'

/** Converts documents to validated artifacts. Reads and writes only through `host`. */
export async function convert(request: ConvertRequest, host: Host): Promise<ConvertReport> {
  const log = createDiagnosticLog()
  const { understanding, share, names, named, owners } = await understandAll(request, host, log)

  const { documents, catalog, sets } = understanding
  const understood = log.entries.length
  const own = (): readonly Diagnostic[] => (share ? ownDiagnostics(log.entries, share, understood, catalog) : log.entries)
  const artifacts = await openOutput(host, log, (output) => {
    const emitted = emitArtifacts(understanding, request, log, { host, former: output.former, names, owners })
    const planned = sets.length * request.emitters.length
    const shard = share && (() => recordShard(request, share, catalog, host.limits, own()))
    const place = { ...output, planned, prune: request.prune === true, ...(shard && { shard }), ...(named && { named }) }
    return writeArtifacts(emitted, [...documents, ...catalog], place, host, log)
  })
  return { ...understanding, artifacts, diagnostics: own() }
}

/** Reads documents without writing artifacts: the first half of `convert`, for `inspect` and `validate`. */
export async function understand(request: UnderstandRequest, host: Host): Promise<Understanding> {
  return (await understandAll(request, host, createDiagnosticLog())).understanding
}

/** What was read, the names of all documents of the run, and the documents that diagnostics are about. */
interface Understood {
  readonly understanding: Understanding
  readonly names: readonly string[]
  readonly owners: ReadonlyMap<Diagnostic, string>
  /** The documents that sets of a shard name. */
  readonly named: readonly DocumentFile[] | undefined
  readonly share: Share | undefined
}

async function understandAll(
  request: UnderstandRequest & Pick<ConvertRequest, 'shard' | 'combine'>, host: Host, log: DiagnosticLog,
): Promise<Understood> {
  const { report } = log
  const owners = new Map<Diagnostic, string>()
  const attack = request.attack ?? await loadAttack(request, report)
  const known = request.catalog ? await host.readDocuments(request.catalog, report) : []
  const { share, ...given } = await readRunInputs(request, host, log)
  const read = await readDocuments(request, { ...given, known }, attack, host, reportAbout)
  const documents = completeDocuments(read.documents, read.catalog, reportAbout)

  const names = given.all?.map(({ name }) => name) ?? documents.map(({ file }) => file.name)
  const merged = placeSets(documents, request.perDocument ?? false, names, reportAbout)
  const sets = merged.map(({ set, ...place }) => ({ ...place, set: normaliseSet(set, reportOn(set, reportAbout(place.document))) }))
  for (const { set, document } of sets) checkSet(set, { attack, report: reportOn(set, reportAbout(document)) })
  const other = await readNamed(sets, given)
  const named = other && [...other, ...read.catalog.map(({ file }) => file)]
  return { understanding: { attack, documents, catalog: read.catalog, sets, diagnostics: log.entries }, names, named, owners, share }

  function reportAbout(document?: string): Report {
    if (document === undefined) return report
    return (code, details) => {
      report(code, details)
      const reported = log.entries.at(-1)
      if (reported) owners.set(reported, document)
    }
  }
}
