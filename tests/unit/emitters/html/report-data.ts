import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import type { EmitContext } from '../../../../src/emitters/emitter.js'
import { buildReport } from '../../../../src/emitters/html/emit-report.js'
import { html } from '../../../../src/emitters/html/html.js'
import type { ReportData } from '../../../../src/emitters/html/report-data.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'

/** The data of a report of sets, with the real matrix of ATT&CK. */
export async function reportData(...sets: readonly ResolvedSet[]): Promise<ReportData> {
  return buildReport(sets, emitContext(await loadAttackIndex()))
}

/** The page of a report of sets, as text. */
export async function reportPage(sets: readonly ResolvedSet[], context: EmitContext = emitContext()): Promise<string> {
  const [artifact] = await html.emit(sets, context, { palette: 'blue' })
  if (!artifact) throw new Error('There is no report')
  return new TextDecoder('utf-8', { fatal: true }).decode(await artifact.render())
}
