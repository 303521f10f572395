import type { AttackIndex } from '../attack/attack-index.js'
import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type DiagnosticLog } from '../diagnostics/diagnostic.js'
import type { DecodedDocument } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import { checkSet } from '../rules/check/check-set.js'
import { normaliseSet } from '../rules/normalise/normalise-set.js'
import { completeDocuments } from './complete.js'
import { emitArtifacts } from './emit.js'
import type { Host } from './host.js'
import { placeSets } from './merge.js'
import { readDocuments } from './read-apart.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest } from './requests.js'
import { reportOn, understandDecoded } from './understand.js'
import { openOutput, writeArtifacts } from './write.js'

/** Converts documents to validated artifacts. Reads and writes only through `host`. */
export async function convert(request: ConvertRequest, host: Host): Promise<ConvertReport> {
  const log = createDiagnosticLog()
  const understanding = await understandAll(request, host, log)

  const { documents, catalog, sets } = understanding
  const artifacts = await openOutput(host, log, (output) => {
    const { openRasteriser } = host
    const emitted = emitArtifacts(understanding, request, log, { former: output.former, ...(openRasteriser && { openRasteriser }) })
    const planned = sets.length * request.emitters.length
    return writeArtifacts(emitted, [...documents, ...catalog], { ...output, planned, prune: request.prune === true }, host, log)
  })
  return { ...understanding, artifacts }
}

/** Reads documents without writing artifacts: the first half of `convert`, for `inspect` and `validate`. */
export async function understand(request: UnderstandRequest, host: Host): Promise<Understanding> {
  return understandAll(request, host, createDiagnosticLog())
}

async function understandAll(request: UnderstandRequest, host: Host, log: DiagnosticLog): Promise<Understanding> {
  const { report } = log
  const attack = request.attack ?? await loadAttack(request, report)
  const known = request.catalog ? await host.readDocuments(request.catalog, report) : []
  const inputs = await host.readDocuments(request.inputs, report)
  const read = await readDocuments(request, { inputs, known }, attack, host, report)
  return finishReading(read, request.perDocument ?? false, attack, log)
}

/** Understands a document that is decoded already, within limits, as `understand` does files. */
export async function understandOne(document: DecodedDocument, attack: AttackIndex, limits: Limits): Promise<Understanding> {
  const log = createDiagnosticLog()
  const understood = await understandDecoded(document, { means: { limits } }, attack, log.report)
  return finishReading({ documents: [understood], catalog: [] }, false, attack, log)
}

/** What all documents of a run contain together: completed, merged, normalised and compared with ATT&CK. */
function finishReading(
  read: Pick<Understanding, 'documents' | 'catalog'>, perDocument: boolean, attack: AttackIndex, { report, entries }: DiagnosticLog,
): Understanding {
  const documents = completeDocuments(read.documents, read.catalog, report)
  const merged = placeSets(documents, perDocument, report)
  const sets = merged.map(({ folder, set }) => ({ folder, set: normaliseSet(set, reportOn(set, report)) }))
  for (const { set } of sets) checkSet(set, { attack, report: reportOn(set, report) })
  return { attack, documents, catalog: read.catalog, sets, diagnostics: entries }
}
