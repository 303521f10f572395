import type { Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { decodeCharacters } from '../decode-characters.js'
import { depthLimit, type DocumentFile, isList, type TreeDocument, type TreeValue } from '../decoded.js'
import { findDuplicates, placeFinder, type Position, positionFinder, reportDuplicates } from '../places.js'
import { type JsonProblem, scanJson, surveyJson } from './scan-json.js'

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

/** Says why a JSON text could not be read: where, what stands there, what should, and what is the likely slip. */
function reportProblem(
  problem: JsonProblem, text: string, positionOf: (offset: number) => Position, file: DocumentFile, report: Report,
): void {
  const origin = textOrigin(file, positionOf(problem.at))
  if (problem.kind === 'depth') {
    report('read/too-deep', { origin, expected: problem.expected })
    return
  }
  const broken = isCutOff(text.slice(problem.at, problem.at + 8))
  const hint = broken ? undefined : likelySlip(text, problem.at)
  report('read/malformed', {
    message: broken ? 'The JSON file breaks off before its end' : 'The file is not well-formed JSON',
    origin,
    found: broken ? 'the end of the file' : quote(text, problem.at),
    expected: problem.expected,
    ...(hint !== undefined && { hint }),
  })
}

function textOrigin(file: DocumentFile, position: Position): Origin {
  return { document: file.name, place: { kind: 'text', ...position } }
}

/** Whether what stands there to the end of the text is the beginning of something that JSON knows. */
function isCutOff(rest: string): boolean {
  return /^(?:-|u[0-9a-fA-F]{0,3})?$/.test(rest)
    || ['true', 'false', 'null'].some((word) => word !== rest && word.startsWith(rest))
}

/** The word or character that stands there; what cannot be seen is named by its code point. */
function quote(text: string, at: number): string {
  const word = /^[\w.+-]{1,40}/.exec(text.slice(at, at + 40))?.[0]
  if (word !== undefined) return word
  const code = text.codePointAt(at) ?? 0
  const seen = code > 0x20 && code !== 0x7f && code !== 0xa0 && code !== 0xfeff && code !== 0xfffd
  return seen ? String.fromCodePoint(code) : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

function likelySlip(text: string, at: number): string | undefined {
  const next = text[at]
  if ((next === '}' || next === ']') && /,\s*$/.test(text.slice(Math.max(0, at - 200), at))) {
    return 'remove the comma before the closing bracket: JSON allows none there'
  }
  if (next === "'") return "write texts in double quotes: JSON knows no single ones"
  if (next === '/' || next === '#') return 'remove the comment: JSON knows none'
  const starts = (word: string): boolean => text.startsWith(word, at)
  if (['NaN', 'undefined', 'None'].some(starts)) return 'write null for what is not stated'
  if (['True', 'False'].some(starts)) return 'write true and false in lower case'
  return undefined
}
