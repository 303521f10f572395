import type { Report } from '../diagnostics/diagnostic.js'
import { describeOrigin } from '../model/describe-origin.js'
import type { Mapping } from '../model/mapping.js'

/** Two rows that become one: what the first says is kept. */
export interface JoinedRows {
  readonly first: Mapping
  readonly second: Mapping
}

/** Rows that became one though their documents describe the capability differently: both texts and both places are told, each pair of texts once. */
export function reportNameConflicts(joined: readonly JoinedRows[], report: Report): void {
  const conflicts = new Map<string, JoinedRows & { id: string; kept: string; other: string; count: number }>()
  for (const { first, second } of joined) {
    if (first.kind === 'unmapped-technique' || second.kind === 'unmapped-technique') continue
    const { id, description: kept } = first.capability
    const { description: other } = second.capability
    if (kept === undefined || other === undefined || kept === other) continue
    const key = JSON.stringify([id, kept, other])
    const known = conflicts.get(key)
    if (known) known.count++
    else conflicts.set(key, { first, second, id, kept, other, count: 1 })
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
