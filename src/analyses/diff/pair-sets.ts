import { compareText } from '../../model/compare-text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'

/** The sets of two inputs that are to be compared, and those without a counterpart. */
export interface SetPairing {
  readonly pairs: readonly (readonly [old: ResolvedSet, fresh: ResolvedSet])[]
  readonly added: readonly ResolvedSet[]
  readonly removed: readonly ResolvedSet[]
}

/**
 * Pairs sets of one framework and domain. Where an input has several of them, sets of the same framework version and ATT&CK
 * version belong together, then those of the same framework version, then those of the same ATT&CK version; the rest in the
 * order of their versions.
 */
export function pairSets(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]): SetPairing {
  let open: { old: readonly ResolvedSet[]; fresh: readonly ResolvedSet[] } = { old: sortSets(old), fresh: sortSets(fresh) }
  const pairs: (readonly [ResolvedSet, ResolvedSet])[] = []
  for (const keyOf of keys) {
    const rest = new Map<string, ResolvedSet[]>()
    for (const set of open.fresh) rest.set(keyOf(set), [...(rest.get(keyOf(set)) ?? []), set])
    const left = open.old.filter((set) => {
      const other = rest.get(keyOf(set))?.shift()
      if (other) pairs.push([set, other])
      return other === undefined
    })
    open = { old: left, fresh: open.fresh.filter((set) => rest.get(keyOf(set))?.includes(set)) }
  }
  return { pairs: pairs.toSorted(([a], [b]) => compareText(sortKey(a), sortKey(b))), added: open.fresh, removed: open.old }
}

const keys: readonly ((set: ResolvedSet) => string)[] = [
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, framework.version, attack.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, framework.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, null, attack.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain]),
]

function sortSets(sets: readonly ResolvedSet[]): readonly ResolvedSet[] {
  return sets.toSorted((a, b) => compareText(sortKey(a), sortKey(b)))
}

function sortKey({ framework, attack }: ResolvedSet): string {
  return JSON.stringify([framework.id, attack.domain, framework.version, attack.version])
}
