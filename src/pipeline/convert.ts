import { loadAttack } from '../attack/load-attack.js'
import { createDiagnosticLog, type DiagnosticLog } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { chooseLimits } from '../formats/limits.js'
import { checkSet } from '../rules/check/check-set.js'
import { normaliseSet } from '../rules/normalise/normalise-set.js'
import { completeDocuments } from './complete.js'
import { emitArtifacts } from './emit.js'
import type { Host } from './host.js'
import { placeSets } from './merge.js'
import { createOtherDocuments } from './other-documents.js'
import type { ConvertReport, ConvertRequest, Understanding, UnderstandRequest, UnderstoodDocument } from './requests.js'
import { type Reading, reportOn, understandDocument } from './understand.js'
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
  const others = createOtherDocuments([...inputs.map((file) => ({ file, from: request.from })), ...known.map((file) => ({ file }))], chooseLimits(host.limits))
  const catalog = await readAll(known, { others })
  const documents = completeDocuments(await readAll(inputs, { ...request, others }), catalog, report)

  const merged = placeSets(documents, request.perDocument ?? false, report)
  const sets = merged.map(({ folder, set }) => ({ folder, set: normaliseSet(set, reportOn(set, report)) }))
  for (const { set } of sets) checkSet(set, { attack, report: reportOn(set, report) })
  return { attack, documents, catalog, sets, diagnostics: log.entries }

  async function readAll(files: readonly DocumentFile[], reading: Reading): Promise<readonly UnderstoodDocument[]> {
    const understood: UnderstoodDocument[] = []
    const means = { readForeign: host.readForeignWorkbook, limits: chooseLimits(host.limits) }
    for (const [index, file] of files.entries()) {
      understood.push(await understandDocument(file, { ...reading, files, means }, attack, report))
      host.progress?.('Reading', index + 1, files.length)
    }
    return understood
  }
}
