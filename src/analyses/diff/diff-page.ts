import type { Artifact, EmitContext } from '../../emitters/emitter.js'
import { setTitle } from '../../emitters/table/set-facts.js'
import { tool } from '../../model/tool.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import type { SetPairing } from './diff-sets.js'

/** The analysis to show, and the sets that it compares. */
interface DiffPage {
  readonly analysis: AnalysisReport
  readonly pairing: SetPairing
}

/**
 * A comparison as an HTML report: old and new sets side by side in one matrix, all rows of both, and the tables of what changed. Sets
 * without a counterpart are in it, too, so that two frameworks can be compared.
 */
export async function diffPage(
  { analysis, pairing: { pairs, added, removed } }: DiffPage, context: Pick<EmitContext, 'attack' | 'report' | 'diagnostics'>,
): Promise<readonly Artifact[]> {
  const old = [...pairs.map(([before]) => before), ...removed]
  const fresh = [...pairs.map(([, after]) => after), ...added]
  // A pair stands together: the matrix first compares the first two sets.
  const sets = Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => [
    ...(old[index] ? [{ label: 'Old', set: old[index] }] : []), ...(fresh[index] ? [{ label: 'New', set: fresh[index] }] : []),
  ]).flat()
  const [one, other] = sets
  const title = pairs.length > 0 || !one || !other ? analysis.title : `${setTitle(one.set)} compared with ${setTitle(other.set)}`
  const { emitReport } = await import('../../emitters/html/emit-report.js')
  const compared = { title, labels: sets.map(({ label }) => label), changes: pairs.length > 0 ? analysis.tables : [] }
  return emitReport(sets.map(({ set }) => set), { ...context, tool, baseName: `${analysis.baseName}.${analysis.kind}` }, { palette: 'blue' }, compared)
    .map((artifact): Artifact => ({ ...artifact, emitter: analysis.kind }))
}
