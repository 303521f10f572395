import { editDistance } from '../attack/find-techniques.js'

/** "There is no format "stixx". Did you mean "stix"?", or the whole list where nothing comes near. */
export function describeUnknown(kind: string, word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  const advice = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`
  return `There is no ${kind} "${word}". ${advice}`
}

/** One letter in three may differ; what differs more is no misspelling. */
const lettersPerSlip = 3
/** Comparing takes the product of the lengths; nobody mistypes a word this long. */
const longestWord = 100

/** The candidate that a mistyped or cut-off word most likely means, if any comes near enough. */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const asked = word.slice(0, longestWord).toLowerCase()
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = editDistance(asked, candidate.toLowerCase())
    const isSlip = distance <= Math.max(1, Math.floor(candidate.length / lettersPerSlip))
    const isNear = isSlip || candidate.toLowerCase().startsWith(asked)
    if (isNear && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
