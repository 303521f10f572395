import type { ReportData } from '../report-data.js'

/** What the parts of the page ask of one another. */
export interface Report {
  readonly data: ReportData
  readonly openTechnique: (technique: number) => void
  readonly openCapability: (capability: number) => void
  readonly openRow: (row: number) => void
}
