import { isList, type TreeValue } from '../decoded.js'
import { type Duplicate, findDuplicates, type PlaceBranch } from '../places.js'
import { scanJson } from './scan-json.js'
import type { JsonSurvey } from './survey-json.js'

/**
 * The repeated names in a well-formed text, in its order: objects of its value have fewer members than the text then. Only the inner
 * values with fewer are scanned, or the whole text where outer objects have fewer.
 */
export function repeatedNames(value: TreeValue, survey: JsonSurvey, text: string, depthLimit: number): readonly Duplicate[] {
  if (survey.members === countMembers(value)) return []
  const starts = survey.root ? findShorter(value, survey.root, survey.inside) : undefined
  if (!starts) return findDuplicates(scanJson(text, depthLimit).root ?? 0)
  return starts.flatMap((start) => findDuplicates(scanJson(text, depthLimit, start).root ?? 0))
}

/** The offsets of the inner values that have fewer members than the text states; undefined if an outer object has. `inside`: see `JsonSurvey`. */
function findShorter(value: TreeValue, root: PlaceBranch, inside: readonly number[]): readonly number[] | undefined {
  const starts: number[] = []
  let nth = 0
  return visit(value, root) ? starts : undefined

  function visit(outer: TreeValue, { keys, items }: PlaceBranch): boolean {
    if (typeof outer !== 'object' || outer === null) return false
    if (keys && Object.keys(outer).length !== keys.length) return false
    for (const [position, item] of items.entries()) {
      const inner = isList(outer) ? outer[position] : outer[keys?.[position] ?? '']
      if (typeof inner !== 'object' || inner === null) continue
      if (typeof item === 'number') {
        if (countMembers(inner) !== inside[nth]) starts.push(item)
        nth += 1
      } else if (!visit(inner, item)) return false
    }
    return true
  }
}

/** Number of members of all objects in a value, whose depth must be within the limit. */
function countMembers(value: TreeValue): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (isList(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item)
    return count
  }
  // A list of the values of each object would take longer than all the rest.
  for (const key in value) {
    const item = value[key]
    count += typeof item === 'object' ? countMembers(item) + 1 : 1
  }
  return count
}
