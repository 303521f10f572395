import type { Review } from '../model/mapping.js'

/**
 * What two rows that are one say of an auditor's verdict: what either states. A review is taken whole, since initials answer for their own
 * verdict: of two, the one that says all that the other says and more, or else the first.
 */
export function joinReviews<Shape extends object = Review>(first: Shape | undefined, second: Shape | undefined): Shape | undefined {
  if (!first || !second) return first ?? second
  return holdsAll(second, first) ? second : first
}

/** Whether two reviews say different things, so that joining them loses one. */
export function reviewsConflict(first: Review | undefined, second: Review | undefined): boolean {
  return first !== undefined && second !== undefined && !holdsAll(first, second) && !holdsAll(second, first)
}

/** A review on one line: "agreed, AB: see ticket". */
export function describeReview({ verdict, initials, remark }: Review): string {
  const signed = [verdict, initials].filter((part) => part !== undefined).join(', ')
  return [signed, remark].filter((part) => part !== undefined && part !== '').join(': ')
}

function holdsAll(whole: object, part: object): boolean {
  const stated = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(([key, value]) => stated.get(key) === value)
}
