import { compareNaturally } from './text.js'

/** The order of `compareNaturally`, for thousands of texts. Not in text.ts: pages contain that function, and their lists are short. */
export function compareQuickly(a: string, b: string): number {
  return a === b ? 0 : compareFirstDifference(a, b) ?? compareNaturally(a, b)
}

/** The order of most texts, without taking them apart: they first differ in a letter, or in short numbers. Undefined for others. */
function compareFirstDifference(a: string, b: string): number | undefined {
  const shorter = Math.min(a.length, b.length)
  let at = 0
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
  if (isLetter(left) && isLetter(right)) return left - right
  // The numbers begin in what both have.
  while (at > 0 && isDigit(a.charCodeAt(at - 1))) at--
  const order = readNumber(a, at) - readNumber(b, at)
  return order === 0 || Number.isNaN(order) ? undefined : order
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** So many digits are exact. */
const mostDigits = 15

/** The number that begins at a place; NaN if there is none, or it is long. */
function readNumber(text: string, start: number): number {
  let [at, value] = [start, 0]
  for (; isDigit(text.charCodeAt(at)); at++) value = value * 10 + text.charCodeAt(at) - 48
  return at > start && at - start <= mostDigits ? value : Number.NaN
}
