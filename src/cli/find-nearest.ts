/** Words that differ by more than a third of their letters are no misspellings of one another. */
const tolerance = 3

/** The candidate that a mistyped word most likely means, if any comes near enough. */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = measureDistance(word.toLowerCase(), candidate.toLowerCase())
    const near = candidate.toLowerCase().startsWith(word.toLowerCase()) || distance <= Math.max(1, Math.floor(candidate.length / tolerance))
    if (near && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein's distance; only ever asked of short words. */
function measureDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, left] of Array.from(from.slice(0, 100)).entries()) {
    const next = [i + 1]
    for (const [j, right] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
