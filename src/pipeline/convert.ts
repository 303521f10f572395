import type { AttackIndex } from '../attack/attack-index.js'
import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticLog } from '../diagnostics/diagnostic.js'
import type { DecodedDocument, DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import { checkSet } from '../rules/check/check-set.js'
import { normaliseSet } from '../rules/normalise/normalise-set.js'
import { chooseAdversaries, reportOtherDomain } from './choose-adversaries.js'
import { completeDocuments } from './complete.js'
import { emitArtifacts } from './emit.js'
import type { Host } from './host.js'
import { placeSets } from './merge.js'
import { type OwnedReports, ownReports } from './owned-reports.js'
import { readDocuments } from './read-apart.js'
import { recordShard } from './record-shard.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest } from './requests.js'
import { namesOfRun, ownDiagnostics, readNamed, readRunInputs, type Share } from './shard.js'
import { reportOn, understandDecoded } from './understand.js'
import { openOutput, writeArtifacts } from './write.js'

/** Converts documents to validated artifacts. Reads and writes only through `host`. Throws AdversaryError. */
export async function convert(request: ConvertRequest, host: Host): Promise<ConvertReport> {
  const log = createDiagnosticLog()
  const attack = request.attack ?? await loadAttack(request, log.report)
  const against = chooseAdversaries(attack, request.against)
  const { understanding, share, names, named, owners } = await understandAll(request, attack, host, log)
  if (against) reportOtherDomain(understanding.sets, against, log.report)

  const { documents, catalog, sets } = understanding
  const understood = log.entries.length
  const own = (): readonly Diagnostic[] => (share ? ownDiagnostics(log.entries, share, understood, catalog) : log.entries)
  const artifacts = await openOutput(host, log, (output) => {
    const emitted = emitArtifacts(understanding, request, log, { host, former: output.former, names, owners })
    const { combine = false, emitters } = request
    const planned = (combine === 'only' ? 1 : sets.length + Number(combine)) * emitters.length
    const shard = share && (() => recordShard(request, share, catalog, host.limits, own()))
    const place = { ...output, planned, prune: request.prune === true, ...(shard && { shard }), ...(named && { named }) }
    return writeArtifacts(emitted, [...documents, ...catalog], place, host, log)
  })
  return { ...understanding, artifacts, diagnostics: own() }
}

/** Reads documents without writing artifacts: the first half of `convert`, for `inspect` and `validate`. */
export async function understand(request: UnderstandRequest, host: Host): Promise<Understanding> {
  const log = createDiagnosticLog()
  const attack = request.attack ?? await loadAttack(request, log.report)
  return (await understandAll(request, attack, host, log)).understanding
}

/** Understands a document that is decoded already, within limits, as `understand` does files. */
export async function understandOne(document: DecodedDocument, attack: AttackIndex, limits: Limits): Promise<Understanding> {
  const log = createDiagnosticLog()
  const understood = await understandDecoded(document, { means: { limits } }, attack, log.report)
  return finishReading({ documents: [understood], catalog: [] }, { names: [document.file.name] }, attack, log, ownReports(log))
}

/** What was read, the names of all documents of the run, and the documents that diagnostics are about. */
interface Understood {
  readonly understanding: Understanding
  readonly names: readonly string[]
  readonly owners: OwnedReports['owners']
  /** The documents that sets of a shard name. */
  readonly named: readonly DocumentFile[] | undefined
  readonly share: Share | undefined
}

async function understandAll(
  request: UnderstandRequest & Pick<ConvertRequest, 'shard' | 'combine'>, attack: AttackIndex, host: Host, log: DiagnosticLog,
): Promise<Understood> {
  const known = request.catalog ? await host.readDocuments(request.catalog, log.report) : []
  const { share, ...given } = await readRunInputs(request, host, log)
  const reports = ownReports(log)
  const read = await readDocuments(request, { ...given, known }, attack, host, reports.about)
  const names = namesOfRun(given)
  const understanding = finishReading(read, { names, perDocument: request.perDocument }, attack, log, reports)
  return { understanding, names, owners: reports.owners, named: await readNamed(understanding, given), share }
}

/** What all documents of a run contain together: completed, merged, normalised and compared with ATT&CK. */
function finishReading(
  read: Pick<Understanding, 'documents' | 'catalog'>, { names, perDocument = false }: { readonly names: readonly string[]; readonly perDocument?: boolean | undefined },
  attack: AttackIndex, { entries }: DiagnosticLog, { about }: OwnedReports,
): Understanding {
  const documents = completeDocuments(read.documents, read.catalog, about)
  const merged = placeSets(documents, perDocument, names, about)
  const sets = merged.map(({ set, ...place }) => ({ ...place, set: normaliseSet(set, reportOn(set, about(place.document))) }))
  for (const { set, document } of sets) checkSet(set, { attack, report: reportOn(set, about(document)) })
  return { attack, documents, catalog: read.catalog, sets, diagnostics: entries }
}
