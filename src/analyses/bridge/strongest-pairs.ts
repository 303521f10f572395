/** Two capabilities that share techniques, by their numbers in the order of ids. */
export interface RelatedPair {
  readonly left: number
  readonly right: number
  readonly strength: number
  /** The number of techniques that they share. */
  readonly shared: number
  /** The weight of these: the sum of the lesser weights. */
  readonly weight: number
}

/** Keeps the strongest of any number of pairs, in memory for no more than `most`. */
export function createRanking(most: number) {
  // Once it is full, a heap: no pair is stronger than the two that follow from twice its place, so that the first is the weakest.
  const kept: RelatedPair[] = []
  return {
    /** Adds a copy of the pair, unless it is too weak. */
    add(pair: RelatedPair): void {
      const weakest = kept[0]
      if (kept.length < most) {
        kept.push({ ...pair })
        // In order, it is a heap.
        if (kept.length === most) kept.sort((a, b) => comparePairs(b, a))
      } else if (weakest && comparePairs(pair, weakest) < 0) replaceFirst(kept, { ...pair })
    },
    /** The strongest first. */
    sorted: (): readonly RelatedPair[] => kept.toSorted(comparePairs),
  }
}

/** Puts a pair in the place of the weakest of a heap, or rather where it belongs. */
function replaceFirst(heap: RelatedPair[], pair: RelatedPair): void {
  let place = 0
  for (;;) {
    const left = heap[2 * place + 1]
    const right = heap[2 * place + 2]
    const isLeft = left !== undefined && (right === undefined || comparePairs(left, right) > 0)
    const weaker = isLeft ? left : right
    if (weaker === undefined || comparePairs(weaker, pair) < 0) break
    heap[place] = weaker
    place = 2 * place + (isLeft ? 1 : 2)
  }
  heap[place] = pair
}

/** The stronger first, then the one that shares more techniques, then in the order of ids. */
function comparePairs(a: RelatedPair, b: RelatedPair): number {
  return b.strength - a.strength || b.shared - a.shared || a.left - b.left || a.right - b.right
}
