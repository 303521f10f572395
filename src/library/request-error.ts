import { editDistance } from '../attack/find-techniques.js'

/** Every mistake that a `RequestError` reports. */
export type RequestMistake =
  | 'missing-field' | 'unknown-field' | 'unknown-emitter' | 'unknown-option' | 'unknown-value' | 'unknown-release' | 'wrong-type'
  | 'wrong-value' | 'unsuitable-sets'

/** The details of a mistake in a request. */
export interface RequestMistakeDetails {
  readonly code: RequestMistake
  /** Where in the request: "emitters.csv.csv-raw", "statements.domain", "inputs[2]". */
  readonly at: string
  /** The problem, as a sentence without a full stop. */
  readonly problem: string
  /** Everything that is allowed there, if that can be listed. */
  readonly allowed?: readonly string[]
  /** The allowed word that was probably meant. */
  readonly suggestion?: string
}

/**
 * The request of a caller is wrong: an unknown emitter, option, domain or field, a value of another type, a date that does not exist.
 * Thrown before anything is read. Problems of documents are never thrown: they are diagnostics.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestMistake
  readonly at: string
  readonly allowed: readonly string[]
  readonly suggestion: string | undefined

  constructor({ code, at, problem, allowed = [], suggestion }: RequestMistakeDetails) {
    const advice = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`
    super(`${at}: ${problem}.${advice}${allowed.length > 0 ? ` Allowed: ${allowed.join(', ')}.` : ''}`)
    this.code = code
    this.at = at
    this.allowed = allowed
    this.suggestion = suggestion
  }
}

/** "Unknown format "stixx". Did you mean "stix"?", or the whole list if no candidate is near. */
export function describeUnknown(kind: string, word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  const advice = nearest === undefined ? `Available: ${known.join(', ')}.` : `Did you mean "${nearest}"?`
  return `Unknown ${kind} "${word}". ${advice}`
}

/** One letter in three may differ in a typo. */
const lettersPerTypo = 3
/** Longer words are cut: the time to compare grows with the product of the lengths. */
const maxWordLength = 100

/** The most likely candidate for a mistyped or abbreviated word; undefined if none is near. */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, maxWordLength).toLowerCase()
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase())
    const isTypo = distance <= Math.max(1, Math.floor(candidate.length / lettersPerTypo))
    const isNear = isTypo || candidate.toLowerCase().startsWith(typed)
    if (isNear && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
