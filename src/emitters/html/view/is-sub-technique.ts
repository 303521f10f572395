import type { ReportData } from '../report-data.js'

/** Whether the technique with this index is a sub-technique: its id has a point, as in T1059.001. */
export function isSubTechnique({ techniques }: Pick<ReportData, 'techniques'>, technique: number): boolean {
  return techniques[technique]?.id.includes('.') ?? false
}
