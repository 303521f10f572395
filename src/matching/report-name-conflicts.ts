import type { Report } from '../diagnostics/diagnostic.js'
import { describeOrigin } from '../model/describe-origin.js'
import type { Mapping } from '../model/mapping.js'

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
