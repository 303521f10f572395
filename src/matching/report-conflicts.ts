import type { Report } from '../diagnostics/diagnostic.js'
import type { Mapping } from '../model/mapping.js'
import { describeOrigin, type Origin } from '../model/origin.js'
import { describeReview, reviewsConflict } from './join-rows.js'

/** Two rows that were joined: the values of the first were kept. */
export interface JoinedRows {
  readonly first: Mapping
  readonly second: Mapping
}

interface Conflict extends JoinedRows {
  readonly id: string
  readonly kept: string
  readonly other: string
  count: number
}

/**
 * Reports joined rows whose documents give the capability or technique different names: each pair of names once, with both
 * names and places.
 */
export function reportNameConflicts(joined: readonly JoinedRows[], report: Report): void {
  const conflicts = new Map<string, Conflict>()
  for (const { first, second } of joined) {
    const others = namesOf(second)
    for (const [side, { id, name: kept }] of Object.entries(namesOf(first))) {
      const other = others[side]?.name
      if (kept === undefined || other === undefined || kept === other) continue
      const key = JSON.stringify([id, kept, other])
      const known = conflicts.get(key)
      if (known) known.count++
      else conflicts.set(key, { first, second, id, kept, other, count: 1 })
    }
  }
  for (const { first, second, id, kept, other, count } of conflicts.values()) {
    const [firstOrigin] = first.origins
    const [origin] = second.origins
    report('merge/conflicting-names', {
      message: `${id} is "${kept}" in one document and "${other}" in another; the first was kept`,
      count,
      ...(firstOrigin && { found: `"${other}" here, "${kept}" in ${describeOrigin(firstOrigin)}` }),
      ...(origin && { origin }),
    })
  }
}

/** Id and name of a row's sides, by side. */
function namesOf(row: Mapping): Readonly<Record<string, { readonly id: string; readonly name: string | undefined }>> {
  return {
    ...(row.kind !== 'unmapped-technique' && { capability: { id: row.capability.id, name: row.capability.description } }),
    ...(row.kind !== 'unmapped-capability' && { technique: { id: row.technique.id, name: row.technique.name } }),
  }
}

/** Reports joined rows with different reviews, row by row: the review that was not kept, and both places. */
export function reportReviewConflicts(joined: readonly JoinedRows[], report: Report): void {
  for (const { first, second } of joined) {
    if (!first.review || !second.review || !reviewsConflict(first.review, second.review)) continue
    const [kept] = first.origins
    const [origin] = second.origins
    report('merge/conflicting-verdicts', {
      found: `"${describeReview(second.review)}" here, "${describeReview(first.review)}" in ${nameOrigin(kept)}`,
      ...(origin && { origin }),
    })
  }
}

/** Reports a row that another document scores differently, with both places; both rows are kept. */
export function reportScoreConflict(row: Mapping, other: Mapping, report: Report): void {
  if (row.score?.value === undefined || other.score?.value === undefined) return
  const [origin] = row.origins
  const [otherOrigin] = other.origins
  report('merge/conflicting-scores', {
    found: `${row.score.value} here, ${other.score.value} in ${nameOrigin(otherOrigin)}`,
    ...(origin && { origin }),
  })
}

function nameOrigin(origin: Origin | undefined): string {
  return origin ? describeOrigin(origin) : 'another document'
}
