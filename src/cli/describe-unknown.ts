import { findNearest } from './find-nearest.js'

/** "There is no format "stixx". Did you mean "stix"?", or the whole list where nothing comes near. */
export function describeUnknown(kind: string, word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  const advice = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`
  return `There is no ${kind} "${word}". ${advice}`
}
