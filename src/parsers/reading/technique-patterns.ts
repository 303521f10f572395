import { expandExpression, looksLikeExpression } from './expressions.js'
import type { TechniqueLookup } from './technique-lookup.js'

/** A wildcard or a range, the ids that it stands for, and the release that has them; "" if no release is known. */
export interface Expansion {
  readonly written: string
  readonly ids: readonly string[]
  readonly release: string
}

/** A part of a cell that stands for techniques. */
export interface TechniqueToken {
  readonly ids: readonly string[]
  /** Only introduces the short ids after it: the T1110 of `T1110 (.001, .003)`. */
  isPrefix: boolean
  /** Whether it was written in short, as an expression, a wildcard or a range. */
  readonly isWrittenOut: boolean
  readonly expansions?: readonly Expansion[]
  /** Text about it that may mean something else. */
  readonly doubt?: readonly string[]
}

/** A token and the number of characters that it is written with. */
export interface PatternToken extends TechniqueToken {
  readonly length: number
}

/**
 * The techniques that an expression stands for: `T1003(\.006|\.005)?`, `T1547\.(004|009)`, `T1003.*`. Undefined if the text is not an
 * expression; `broken` if it is one of something else.
 */
export function readExpression(text: string, lookup: TechniqueLookup | undefined): PatternToken | 'broken' | undefined {
  if (!/[\\([{*?]/.test(text) || !/^[\s(^\\b[?:]{0,6}T/i.test(text)) return undefined
  // Braces of shells and path patterns are alternatives too.
  const source = text.replaceAll(/\{(\.?\d{3}(?:, ?\.?\d{3}){0,50})\}/g, (_, list: string) => `(${list.replaceAll(/, ?/g, '|')})`)
  const patterns = expandExpression(source)?.map((pattern) => pattern.toUpperCase())
  if (!patterns?.every((pattern) => /^T\d{4}(?:\.[\d#*]{1,3})?$/.test(pattern))) return looksLikeExpression(text) ? 'broken' : undefined
  const expansions: Expansion[] = []
  const ids: string[] = []
  for (const pattern of patterns) {
    const found = /[#*]/.test(pattern) ? expandPattern(pattern, text, lookup) : undefined
    if (/[#*]/.test(pattern) && !found) return 'broken'
    if (found) expansions.push(found)
    if (!found && !/^T\d{4}(?:\.\d{3})?$/.test(pattern)) return 'broken'
    ids.push(...(found?.ids ?? [pattern]))
  }
  return { ids, isPrefix: false, isWrittenOut: ids.length > 1 || text.includes('\\'), length: text.length, ...(expansions.length > 0 && { expansions }) }
}

/** A pattern over the sub-techniques of a technique; undefined if there are none, or no release to look them up in. */
function expandPattern(pattern: string, written: string, lookup: TechniqueLookup | undefined): Expansion | undefined {
  const known = lookup?.subTechniques(pattern.slice(0, 5))
  const [form, ...others] = pattern.slice(6).split('*')
  const ids = known?.ids.filter((id) => matchesDigits(id.slice(6), form ?? '', pattern.includes('*'))) ?? []
  if (!known || ids.length === 0 || others.some((part) => part !== '')) return undefined
  return { written, ids, release: known.release }
}

function matchesDigits(digits: string, form: string, isOpen: boolean): boolean {
  if (isOpen ? form.length > digits.length : form.length !== digits.length) return false
  return Array.from(form).every((character, index) => character === '#' || character === digits[index])
}

const wildcard = /\s{0,2}\\?\.\s?(?:\*{1,3}|x{1,3}|n{3}|#{1,3}|all|any)(?![\p{L}\p{N}*#])/iuy
const withSubTechniques = new RegExp(
  String.raw`\s{0,2}[(,]?\s{0,2}(?:(?:and|with|incl\.?|including|plus|\+|&)\s{1,2})?(?:all\s{1,2})?(?:of\s{1,2})?(?:(?:its|the)\s{1,2})?`
  + String.raw`sub[-\s]?techniques(?:\s{0,2}\))?`,
  'iuy'
)

/** `T1003.x`, `T1003.xxx`, `T1003 and all sub-techniques`, after the id that begins at `at`; undefined if there is none. */
export function expandWildcard(text: string, at: number, parent: string, lookup: TechniqueLookup | undefined): PatternToken | 'broken' | undefined {
  wildcard.lastIndex = at + 5
  withSubTechniques.lastIndex = at + 5
  const placeholder = wildcard.exec(text)
  const phrase = placeholder ?? withSubTechniques.exec(text)
  if (!phrase) return undefined
  const length = 5 + phrase[0].length
  const written = text.slice(at, at + length)
  const expansion = expandPattern(`${parent}.*`, written, lookup)
  if (!expansion) return 'broken'
  const ids = placeholder ? expansion.ids : [parent, ...expansion.ids]
  return { ids, isPrefix: false, isWrittenOut: true, length, expansions: [{ ...expansion, ids }] }
}
