import type { Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import type { DocumentFile, TreeDocument } from '../decoded.js'
import { findExcess, type Limits, reportExcess, tooDeep, usualLimits } from '../limits.js'
import { placeLocator, type Position, positionFinder, reportDuplicates } from '../places.js'
import { repeatedNames } from './repeated-names.js'
import { type JsonProblem, scanJson } from './scan-json.js'
import type { ParsedValue } from './share-texts.js'
import { surveyJson } from './survey-json.js'

/**
 * Decodes a JSON document (RFC 8259). Undefined if it is not well-formed, nests too deep or has too many values, which is
 * reported (`read/malformed`, `read/too-deep`, `read/too-large`). The last of repeated names counts, which is reported (`read/duplicate-name`). JSON Lines, an
 * object a line, are a list.
 *
 * A survey of the depth comes first: `JSON.parse`, and whatever walks its value, recurses. It places the outer values; the inner ones of one
 * of them are scanned for when the first of their places is asked for. `utf8`: the bytes of the text, if they are there.
 */
export function decodeJson(
  file: DocumentFile, text: string, report: Report, limits: Limits = usualLimits, utf8?: Uint8Array,
): TreeDocument | undefined {
  return decodeText(file, text, undefined, report, limits, utf8)
}

/** `place`: finds the positions of offsets in the document, if `text` is not the document's. */
function decodeText(
  file: DocumentFile, text: string, place: ((offset: number) => Position) | undefined, report: Report, limits: Limits, utf8?: Uint8Array,
): TreeDocument | undefined {
  let scan: ReturnType<typeof scanJson> | undefined
  const scanOnce = () => (scan ??= scanJson(text, limits.depth))

  const survey = surveyJson(text, limits.values, undefined, utf8)
  const excess = findExcess({ values: survey.values, keys: survey.members, 'cell-characters': survey.longest }, limits)
  if (excess) {
    reportExcess(excess, file, limits, report)
    return undefined
  }
  const value = survey.depth > limits.depth ? undefined : parseValue(text)
  // Where the survey ended early, it does not have all lines.
  const positionOf = place ?? positionFinder(text, value === undefined ? undefined : survey.lines)
  if (value === undefined) {
    const list = survey.depth > limits.depth ? undefined : joinLines(text)
    if (list !== undefined) return decodeText(file, list, (offset) => positionOf(Math.max(offset - 1, 0)), report, limits)
    const { problem } = scanOnce()
    if (problem?.kind === 'depth') reportExcess(tooDeep(positionOf(problem.at), limits), file, limits, report)
    else reportProblem(problem ?? { kind: 'syntax', at: 0, expected: 'a JSON value' }, text, positionOf, file, report)
    return undefined
  }
  reportDuplicates(repeatedNames(value, survey, text, limits.depth), positionOf, file, report)

  return {
    container: 'json',
    file,
    value,
    locate: placeLocator(() => survey.root ?? scanOnce().root ?? 0, positionOf, (at) => scanJson(text, limits.depth, at).root),
  }
}

/**
 * JSON Lines (jsonlines.org, NDJSON) as one list, in which every character is one further on. Undefined if a line is not an object:
 * the text is then malformed JSON.
 */
function joinLines(text: string): string | undefined {
  if (!/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) return undefined
  const lines = text.split('\n')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const joined: string[] = []
  for (const [index, line] of lines.entries()) {
    const record = line.trim()
    if (record !== '' && !(record.startsWith('{') && record.endsWith('}') && parseValue(record) !== undefined)) return undefined
    joined.push(line, record === '' || index >= last ? ' ' : ',')
  }
  return `[${joined.join('')}]`
}

/** The value of a JSON text; undefined if that is malformed. `JSON.parse` keeps a member named `__proto__` as an ordinary one, so that hostile names do no harm. */
export function parseValue(text: string): ParsedValue | undefined {
  try {
    const value: ParsedValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Reports why a JSON text is not read: the place, what was found, what was expected, and how to correct a common mistake. */
function reportProblem(
  problem: JsonProblem, text: string, positionOf: (offset: number) => Position, file: DocumentFile, report: Report,
): void {
  const origin = textOrigin(file, positionOf(problem.at))
  const isCut = isCutOff(text.slice(problem.at, problem.at + 8))
  const hint = isCut ? undefined : explainSlip(text, problem.at)
  report('read/malformed', {
    message: isCut ? 'The JSON file is cut off' : 'The file is not well-formed JSON',
    origin,
    found: isCut ? 'the end of the file' : quote(text, problem.at),
    expected: problem.expected,
    ...(hint !== undefined && { hint }),
  })
}

function textOrigin(file: DocumentFile, position: Position): Origin {
  return { document: file.name, place: { kind: 'text', ...position } }
}

/** Whether the rest of a text is the beginning of a value or an escape, or empty. */
function isCutOff(rest: string): boolean {
  return /^(?:-|u[0-9a-fA-F]{0,3})?$/.test(rest)
    || ['true', 'false', 'null'].some((word) => word !== rest && word.startsWith(rest))
}

/** The word or character at an offset; an invisible character is named by its code point. */
function quote(text: string, at: number): string {
  const word = /^[\w.+-]{1,40}/.exec(text.slice(at, at + 40))?.[0]
  if (word !== undefined) return word
  const code = text.codePointAt(at) ?? 0
  const isVisible = code > 0x20 && code !== 0x7f && code !== 0xa0 && code !== 0xfeff && code !== 0xfffd
  return isVisible ? String.fromCodePoint(code) : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** How to correct a construct of JavaScript, Python or YAML that JSON lacks. */
function explainSlip(text: string, at: number): string | undefined {
  const next = text[at]
  if ((next === '}' || next === ']') && /,\s*$/.test(text.slice(Math.max(0, at - 200), at))) {
    return 'Remove the comma before the closing bracket: JSON does not allow it.'
  }
  if (next === "'") return 'Write strings in double quotes: JSON has no single quotes.'
  if (next === '/' || next === '#') return 'Remove the comment: JSON has no comments.'
  const starts = (word: string): boolean => text.startsWith(word, at)
  if (['NaN', 'undefined', 'None'].some(starts)) return 'Write null for a missing value.'
  if (['True', 'False'].some(starts)) return 'Write true and false in lower case.'
  return undefined
}
