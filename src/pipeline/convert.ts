import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type DiagnosticLog } from '../diagnostics/diagnostic.js'
import { checkSet } from '../rules/check/check-set.js'
import { normaliseSet } from '../rules/normalise/normalise-set.js'
import { chooseAdversaries, reportOtherDomain } from './choose-adversaries.js'
import { completeDocuments } from './complete.js'
import { emitArtifacts } from './emit.js'
import type { Host } from './host.js'
import { placeSets } from './merge.js'
import { readDocuments } from './read-apart.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest } from './requests.js'
import { reportOn } from './understand.js'
import { openOutput, writeArtifacts } from './write.js'

/** Converts documents to validated artifacts. Reads and writes only through `host`. Throws AdversaryError. */
export async function convert(request: ConvertRequest, host: Host): Promise<ConvertReport> {
  const log = createDiagnosticLog()
  const attack = request.attack ?? await loadAttack(request, log.report)
  const against = chooseAdversaries(attack, request.against)
  const understanding = await understandAll({ ...request, attack }, host, log)
  if (against) reportOtherDomain(understanding.sets, against, log.report)

  const { documents, catalog, sets } = understanding
  const artifacts = await openOutput(host, log, (output) => {
    const { openRasteriser } = host
    const emitted = emitArtifacts(understanding, request, log, {
      former: output.former, ...(openRasteriser && { openRasteriser }), ...(against && { against }),
    })
    const { combine = false } = request
    const jobs = combine === 'only' ? 1 : sets.length + Number(combine)
    const planned = jobs * request.emitters.length
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
  const documents = completeDocuments(read.documents, read.catalog, report)

  const merged = placeSets(documents, request.perDocument ?? false, report)
  const sets = merged.map(({ folder, set }) => ({ folder, set: normaliseSet(set, reportOn(set, report)) }))
  for (const { set } of sets) checkSet(set, { attack, report: reportOn(set, report) })
  return { attack, documents, catalog: read.catalog, sets, diagnostics: log.entries }
}
