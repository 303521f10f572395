import { compareText } from '../model/compare-text.js'
import { foldName } from './fold-text.js'

/** What an id of one side or the other stands for: equal where the two sides mean the same. */
export interface AlignedNames {
  readonly left: (id: string) => string
  readonly right: (id: string) => string
}

type Named = ReadonlyMap<string, { readonly name: string }>

/**
 * Tells which mapping types (or groups) of two sets are one, though written otherwise: a page prints the name of what a file
 * calls by its id. The same id is the same; else the same name or id up to case and punctuation, where no other of either side
 * has it too. Both sides are treated alike.
 */
export function alignNames(left: Named, right: Named): AlignedNames {
  const lefts = ownFolds(left, right)
  const rights = ownFolds(right, left)
  return { left: (id) => canonical(id, lefts, rights), right: (id) => canonical(id, rights, lefts) }
}

interface Folds {
  readonly ofId: ReadonlyMap<string, readonly string[]>
  /** Folded names that only one id of the side has. */
  readonly unique: ReadonlySet<string>
}

/** The folded names of the ids that the other side does not have as they are. */
function ownFolds(names: Named, others: Named): Folds {
  const ofId = new Map<string, readonly string[]>()
  const uses = new Map<string, number>()
  for (const [id, { name }] of names) {
    if (others.has(id)) continue
    const folds = [...new Set([foldName(id), foldName(name)])].filter((fold) => fold !== '').toSorted(compareText)
    ofId.set(id, folds)
    for (const fold of folds) uses.set(fold, (uses.get(fold) ?? 0) + 1)
  }
  return { ofId, unique: new Set(Array.from(uses).flatMap(([fold, count]) => (count === 1 ? [fold] : []))) }
}

function canonical(id: string, own: Folds, other: Folds): string {
  const fold = own.ofId.get(id)?.find((name) => own.unique.has(name) && other.unique.has(name))
  return fold === undefined ? `id ${id}` : `name ${fold}`
}
