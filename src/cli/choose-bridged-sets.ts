import type { ResolvedSet } from '../model/mapping-set.js'
import { listTitles } from './list-titles.js'
import { UsageError } from './usage-error.js'

/**
 * The one set of either side that a bridge stands on: of the same domain. Several, or none, are a mistake in the command line.
 */
export function chooseBridgedSets(
  lefts: readonly ResolvedSet[], rights: readonly ResolvedSet[],
): readonly [ResolvedSet, ResolvedSet] {
  const candidates = lefts.flatMap((left) =>
    rights.filter(({ attack }) => attack.domain === left.attack.domain).map((right) => [left, right] as const))
  const [only] = candidates
  if (only && candidates.length === 1) return only
  const problem = only ? 'bridge relates one mapping set to one; name a single one on each side, or a --domain'
    : 'the two sides share no ATT&CK domain: there is nothing to relate'
  throw new UsageError(`${problem}. LEFT has ${listTitles(lefts)}; RIGHT has ${listTitles(rights)}.`)
}
