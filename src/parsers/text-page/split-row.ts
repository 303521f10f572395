import { frameworks } from '../../frameworks/frameworks.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import { cellText } from '../page/page-content.js'
import type { PageColumn } from '../page/page-table.js'

/** A flattened row, told apart into its cells but for the capability's id and description. */
export interface SplitRow {
  /** The capability's id and description. */
  readonly capability: string
  /** The mapping type; undefined where the table has no such column or the row prints none. */
  readonly relation?: string
  readonly category?: string
  readonly value?: string
  readonly technique?: TechniqueRef
  /** Mapping type or score were recognised. Otherwise `capability` may end in a mapping type or score that is not known. */
  readonly firm: boolean
}

/** Some rows print a full stop behind the id; it is kept as printed. */
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?\.?$/
const CATEGORIES = new Set<string>([...scoreCategories, 'none'])
const VALUES = new Set<string>([...scoreValues, 'none'])

/**
 * Splits a row at its technique id. A row may hold several words that look like one: the last that stands behind a known
 * mapping type or score wins. Undefined where the line is no row of a table with these columns. Linear in the line.
 */
export function splitRow(text: string, columns: readonly PageColumn[]): SplitRow | undefined {
  const words = text.split(' ')
  let loose: number | undefined
  for (let index = words.length - 1; index > 0; index -= 1) {
    if (!TECHNIQUE.test(words[index] ?? '')) continue
    const middle = readMiddle(words, index, columns)
    if (middle?.firm) return buildRow(words, index, middle)
    if (middle) loose ??= index
  }
  const middle = loose === undefined ? undefined : readMiddle(words, loose, columns)
  return loose !== undefined && middle ? buildRow(words, loose, middle) : splitWithoutTechnique(words, columns)
}

/** A row whose technique cells are empty or print "None". Only taken for a row where all the rest is recognised. */
function splitWithoutTechnique(words: readonly string[], columns: readonly PageColumn[]): SplitRow | undefined {
  const printsNone = words.at(-1) === 'None' && words.at(-2) === 'None'
  const end = printsNone ? words.length - 2 : words.length
  const middle = readMiddle(words, end, columns)
  return middle?.firm ? buildRow(words, undefined, middle) : undefined
}

/** The cells between description and technique. */
interface Middle {
  /** How many words stand before them. */
  readonly start: number
  readonly relation: string | undefined
  readonly category: string | undefined
  readonly value: string | undefined
  readonly firm: boolean
}

/** No mapping type is known that has more words. */
const MOST_WORDS = 8

/** Reads the cells that end before the word at `end`, from the last to the first. */
function readMiddle(words: readonly string[], end: number, columns: readonly PageColumn[]): Middle | undefined {
  const score = columns.includes('value') ? readScore(words, end) : noScore
  const scoreStart = end - score.words
  const hasRelation = columns.includes('relation')
  const count = hasRelation ? countRelationWords(words.slice(Math.max(0, scoreStart - MOST_WORDS), scoreStart)) : 0
  const start = scoreStart - count
  if (start < 1) return undefined
  const firm = hasRelation ? count > 0 : score.words > 0 || !columns.includes('value')
  const relation = cellText(words.slice(start, scoreStart).join(' '))
  return { start, relation, category: cellText(score.category), value: cellText(score.value), firm }
}

const noScore = { words: 0, category: '', value: '' }

/** The score that ends before the word at `end`. Category, value, or both may be printed empty. */
function readScore(words: readonly string[], end: number): typeof noScore {
  const last = words[end - 1] ?? ''
  const before = words[end - 2] ?? ''
  const isValue = VALUES.has(last.toLowerCase())
  if (isValue && CATEGORIES.has(before.toLowerCase())) return { words: 2, category: before, value: last }
  if (isValue) return { words: 1, category: '', value: last }
  return CATEGORIES.has(last.toLowerCase()) ? { words: 1, category: last, value: '' } : noScore
}

function buildRow(words: readonly string[], technique: number | undefined, middle: Middle): SplitRow {
  const { start, relation, category, value, firm } = middle
  const name = technique === undefined ? undefined : cellText(words.slice(technique + 1).join(' '))
  return {
    capability: words.slice(0, start).join(' '),
    ...(relation !== undefined && { relation }),
    ...(category !== undefined && { category }),
    ...(value !== undefined && { value }),
    ...(technique !== undefined && { technique: { id: words[technique] ?? '', ...(name !== undefined && { name }) } }),
    firm,
  }
}

/** The mapping types of every known framework, by their words in lower case. */
const names = new Set(frameworks.flatMap((framework) => framework.relations.map((relation) => relation.toLowerCase())))

const mostWords = Math.max(...Array.from(names, (name) => name.split(' ').length))

/** How many of the last words are a known mapping type, the longest winning; 0 where they are none. */
function countRelationWords(words: readonly string[]): number {
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    if (names.has(words.slice(-count).join(' ').toLowerCase())) return count
  }
  return 0
}
