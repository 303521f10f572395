import { describeReview } from '../../matching/join-reviews.js'
import type { Mapping } from '../../model/mapping.js'

/** What an auditor judged: the technique, and the release of ATT&CK where one is stated. */
export interface Judged {
  readonly technique: string
  readonly attackVersion: string | undefined
}

/**
 * A row that maps to another technique now, without the verdict and the initials that were given for the former one: nobody has
 * signed this. What they were is kept in the remark.
 */
export function withdrawReview(row: Mapping, { technique, attackVersion }: Judged): Mapping {
  const { review } = row
  if (!isSigned(row) || !review) return row
  const release = attackVersion === undefined ? '' : ` of ATT&CK ${attackVersion}`
  return { ...row, review: { remark: `Before the upgrade, on ${technique}${release}: ${describeReview(review)}` } }
}

/** Whether an auditor gave a verdict on the row, or initials. */
export function isSigned({ review }: Mapping): boolean {
  return review?.verdict !== undefined || review?.initials !== undefined
}
