import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeCharacters } from '../decode-characters.js'
import type { DocumentFile, TreeDocument, TreeValue } from '../decoded.js'
import { isList } from '../tree-value.js'
import { depthLimit } from '../depth-limit.js'
import { findDuplicates, placeFinder } from '../place-tree.js'
import { positionFinder } from '../position-finder.js'
import { reportDuplicates } from '../report-duplicates.js'
import { reportProblem } from './report-problem.js'
import { scanJson } from './scan-json.js'
import { surveyJson } from './survey-json.js'

/**
 * Decodes a JSON document (RFC 8259). Undefined when it is not well-formed or nests too deep, which is then reported with
 * its place. Of names that stand twice in one object the last counts, and that is reported.
 */
export function decodeJson(file: DocumentFile, report: Report): TreeDocument | undefined {
  const text = decodeCharacters(file, report)
  const positionOf = positionFinder(text)
  let scan: ReturnType<typeof scanJson> | undefined
  const scanOnce = () => (scan ??= scanJson(text, depthLimit))

  const survey = surveyJson(text)
  const value = survey.depth > depthLimit ? undefined : parseValue(text)
  if (value === undefined) {
    const { problem } = scanOnce()
    reportProblem(problem ?? { kind: 'syntax', at: 0, expected: 'a JSON value' }, text, positionOf, file, report)
    return undefined
  }
  if (survey.members !== countMembers(value)) reportDuplicates(findDuplicates(scanOnce().root ?? 0), positionOf, file, report)

  let find: ((pointer: string) => number | undefined) | undefined
  return {
    container: 'json',
    file,
    value,
    locate(pointer) {
      const { root } = scanOnce()
      if (root === undefined) return undefined
      find ??= placeFinder(root)
      const offset = find(pointer)
      return offset === undefined ? undefined : positionOf(offset)
    },
  }
}

/** `JSON.parse` keeps a member named `__proto__` as an ordinary one, so hostile names do no harm. */
function parseValue(text: string): TreeValue | undefined {
  try {
    const value: TreeValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Members of all objects of a value. Only called on values whose depth is known to be below the limit. */
function countMembers(value: TreeValue): number {
  if (typeof value !== 'object' || value === null) return 0
  const items = isList(value) ? value : Object.values(value)
  let count = isList(value) ? 0 : items.length
  for (const item of items) if (typeof item === 'object') count += countMembers(item)
  return count
}
