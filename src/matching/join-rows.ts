import { compareOrigins } from '../model/compare-origins.js'
import type { Mapping } from '../model/mapping.js'
import { joinReviews } from './join-reviews.js'

/** One row of two that agree: what either states. Where both do, and not word for word the same, the first speaks. */
export function joinRows(first: Mapping, second: Mapping): Mapping {
  // A bundle that was made of the other document names the same places.
  const origins = [...first.origins, ...second.origins].toSorted(compareOrigins)
    .filter((origin, index, all) => index === 0 || compareOrigins(origin, all[index - 1] ?? origin) !== 0)
  const completed = [...(first.completed ?? []), ...(second.completed ?? [])]
  const score = { ...second.score, ...first.score }
  const review = joinReviews(first.review, second.review)
  const shared = {
    origins,
    ...(review && { review }),
    ...(Object.keys(score).length > 0 && { score }),
    ...(completed.length > 0 && { completed }),
  }
  // The pair is the same, so the kinds are: each side is joined for the names that one row prints and the other does not.
  if (first.kind === 'mapped' && second.kind === 'mapped') {
    return { ...second, ...first, ...shared, capability: { ...second.capability, ...first.capability }, technique: { ...second.technique, ...first.technique } }
  }
  if (first.kind === 'unmapped-capability' && second.kind === 'unmapped-capability') {
    return { ...second, ...first, ...shared, capability: { ...second.capability, ...first.capability } }
  }
  if (first.kind === 'unmapped-technique' && second.kind === 'unmapped-technique') {
    return { ...second, ...first, ...shared, technique: { ...second.technique, ...first.technique } }
  }
  throw new Error(`rows of different kinds can't be joined: ${first.kind}, ${second.kind}`)
}
