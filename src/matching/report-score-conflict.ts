import type { Report } from '../diagnostics/diagnostic.js'
import type { Mapping } from '../model/mapping.js'
import { describeOrigin } from '../model/describe-origin.js'
import { sameComments } from './rows-agree.js'

/** Two documents that score one row differently: both rows stay, and both places are told. */
export function reportScoreConflict(row: Mapping, others: Iterable<Mapping>, report: Report): void {
  if (row.score?.value === undefined) return
  for (const other of others) {
    const same = other.score?.category === row.score.category && other.relation === row.relation && sameComments(row, other)
    if (!same || other.score?.value === undefined || other.score.value === row.score.value) continue
    const [origin] = row.origins
    const [otherOrigin] = other.origins
    report('merge/conflicting-scores', {
      found: `${row.score.value} here, ${other.score.value} in ${otherOrigin ? describeOrigin(otherOrigin) : 'another document'}`,
      ...(origin && { origin }),
    })
    return
  }
}
