import type { Report } from '../../diagnostics/diagnostic.js'
import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { StixProfile } from './profiles.js'

/**
 * Reports what a bundle lacks when no grouping stands for its sets, each kind with its count and the first row concerned.
 */
export function reportGroupingLosses(sets: readonly ResolvedSet[], { extension }: StixProfile, report: Report): void {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const unmapped = rows.filter(({ kind }) => kind === 'unmapped-technique')
  tell('the ATT&CK release, dates, author and other facts of sets', sets.length, rows)
  // A profile without the extension has none of these to lose.
  if (extension) tell('the order and places of rows', rows.length, rows)
  tell('techniques without a capability', unmapped.length, unmapped)

  function tell(what: string, count: number, [first]: readonly Mapping[]): void {
    if (count === 0) return
    const [origin] = first?.origins ?? []
    report('emit/not-representable', {
      message: `Without a grouping, STIX cannot carry ${what}`, count, hint: 'Leave out --no-stix-grouping.', ...(origin && { origin }),
    })
  }
}
