import type { Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import type { DocumentFile } from '../decoded.js'
import type { Position } from '../position-finder.js'
import type { JsonProblem } from './scan-json.js'

/** Says why a JSON text could not be read: where, what stands there, what should, and what is the likely slip. */
export function reportProblem(
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
