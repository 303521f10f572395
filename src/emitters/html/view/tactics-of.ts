import type { ReportData, ReportTactic } from '../report-data.js'

/** The tactics that a technique stands in, by the technique's index. */
export function tacticsOf({ matrices, techniques }: ReportData): readonly (readonly ReportTactic[])[] {
  const found = techniques.map((): ReportTactic[] => [])
  for (const tactic of matrices.flatMap(({ tactics }) => tactics)) {
    for (const technique of tactic.entries.flat()) found[technique]?.push(tactic)
  }
  return found
}
