import type { Report } from '../diagnostics/diagnostic.js'
import { describeOrigin } from '../model/describe-origin.js'
import { describeReview, reviewsConflict } from './join-reviews.js'
import type { JoinedRows } from './report-name-conflicts.js'

/** Rows that became one though auditors judged them differently: the verdict that is not kept is told with its place, row by row. */
export function reportReviewConflicts(joined: readonly JoinedRows[], report: Report): void {
  for (const { first, second } of joined) {
    if (!first.review || !second.review || !reviewsConflict(first.review, second.review)) continue
    const [kept] = first.origins
    const [origin] = second.origins
    report('merge/conflicting-verdicts', {
      found: `"${describeReview(second.review)}" here, "${describeReview(first.review)}" in ${kept ? describeOrigin(kept) : 'another document'}`,
      ...(origin && { origin }),
    })
  }
}
