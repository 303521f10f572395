import type { Report } from '../diagnostics/diagnostic.js'
import type { Mapping } from '../model/mapping.js'
import { describeOrigin } from '../model/origin.js'
import { describeReview, reviewsConflict } from './join-rows.js'
import { sameComments } from './match-rows.js'

/** Two rows that become one: what the first says is kept. */
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
 * Rows that became one though their documents call the capability or the technique differently: both names and both places are told,
 * each pair of names once.
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

/** What a row calls its sides, by side. */
function namesOf(row: Mapping): Readonly<Record<string, { readonly id: string; readonly name: string | undefined }>> {
  return {
    ...(row.kind !== 'unmapped-technique' && { capability: { id: row.capability.id, name: row.capability.description } }),
    ...(row.kind !== 'unmapped-capability' && { technique: { id: row.technique.id, name: row.technique.name } }),
  }
}

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
