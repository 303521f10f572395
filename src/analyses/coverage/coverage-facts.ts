import type { ReportFact } from '../../reports/analysis-report.js'
import type { CoverageCounts } from '../../coverage/count-coverage.js'
import type { Threshold } from '../../coverage/judge-row.js'

/** Counts with their labels: those that no technique can be in, or that none is in and hardly ever one is, are left out. */
export function coverageFacts(counts: CoverageCounts, threshold: Threshold | undefined): readonly ReportFact[] {
  return [
    { label: 'Techniques and sub-techniques in ATT&CK', value: counts.attack },
    { label: threshold === undefined ? 'Mapped' : `Mapped, with a score of ${threshold} or better`, value: counts.mapped },
    ...(threshold === undefined ? [] : [
      { label: `Mapped, below ${threshold}`, value: counts.belowThreshold },
      { label: 'Mapped, without a known score', value: counts.unscored },
    ]),
    { label: 'Declared unmappable', value: counts.unmappable },
    ...(counts.named === 0 ? [] : [{ label: 'Named only', value: counts.named }]),
    { label: 'Not mentioned', value: counts.notMentioned },
    { label: 'Not mapped, while sub-techniques are', value: counts.onlyThroughSubTechniques },
  ]
}
