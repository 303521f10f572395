import { frameworks } from '../../frameworks/frameworks.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { scoreCategories, scoreValues } from '../../model/vocabulary.js'
import { cellText, isTechniqueId } from '../page/page-content.js'
import type { PageColumn } from '../page/page-table.js'

/** A flattened row, split into cells; the capability's id and description remain joined. */
export interface SplitRow {
  /** The capability's id and description, joined by a space. */
  readonly capability: string
  /** Mapping type; undefined if the table has no such column or the cell is empty. */
  readonly relation?: string
  readonly category?: string
  readonly value?: string
  readonly technique?: TechniqueRef
  /** Whether mapping type or score were recognised. If not, `capability` may end in an unknown mapping type or score. */
  readonly firm: boolean
}

const CATEGORIES = new Set<string>([...scoreCategories, 'none'])
const VALUES = new Set<string>([...scoreValues, 'none'])

/**
 * Splits a row at its technique id. If several words look like one, the last that follows a known mapping type or score wins.
 * Undefined if the line is not a row of a table with these columns. Takes linear time.
 */
export function splitRow(text: string, columns: readonly PageColumn[]): SplitRow | undefined {
  const words = text.split(' ')
  let loose: number | undefined
  for (let index = words.length - 1; index > 0; index -= 1) {
    if (!isTechniqueId(words[index] ?? '')) continue
    const middle = readMiddle(words, index, columns)
    if (middle?.firm) return buildRow(words, index, middle)
    if (middle) loose ??= index
  }
  const middle = loose === undefined ? undefined : readMiddle(words, loose, columns)
  return loose !== undefined && middle ? buildRow(words, loose, middle) : splitWithoutTechnique(words, columns)
}

/** Splits a row whose technique cells are empty or "None"; undefined unless the other cells are recognised. */
function splitWithoutTechnique(words: readonly string[], columns: readonly PageColumn[]): SplitRow | undefined {
  const printsNone = words.at(-1) === 'None' && words.at(-2) === 'None'
  const end = printsNone ? words.length - 2 : words.length
  const middle = readMiddle(words, end, columns)
  return middle?.firm ? buildRow(words, undefined, middle) : undefined
}

/** The cells between description and technique. */
interface Middle {
  /** Number of words before them. */
  readonly start: number
  readonly relation: string | undefined
  readonly category: string | undefined
  readonly value: string | undefined
  readonly firm: boolean
}

/** Reads the cells before the word at index `end`, from last to first. */
function readMiddle(words: readonly string[], end: number, columns: readonly PageColumn[]): Middle | undefined {
  const score = columns.includes('value') ? readScore(words, end) : noScore
  const scoreStart = end - score.words
  const hasRelation = columns.includes('relation')
  const count = hasRelation ? countRelationWords(words.slice(Math.max(0, scoreStart - mostWords), scoreStart)) : 0
  const start = scoreStart - count
  if (start < 1) return undefined
  const firm = hasRelation ? count > 0 : score.words > 0 || !columns.includes('value')
  const relation = cellText(words.slice(start, scoreStart).join(' '))
  return { start, relation, category: cellText(score.category), value: cellText(score.value), firm }
}

const noScore = { words: 0, category: '', value: '' }

/** The score before the word at index `end`. Category, value or both may be empty. */
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

/** Mapping types of all known frameworks, in lower case. */
const relationNames = new Set(frameworks.flatMap((framework) => framework.relations.map((relation) => relation.toLowerCase())))

/** Maximum number of words in a known mapping type. */
const mostWords = Math.max(...Array.from(relationNames, (name) => name.split(' ').length))

/** Number of trailing words that form a known mapping type (the longest wins); 0 if there is none. */
function countRelationWords(words: readonly string[]): number {
  for (let count = words.length; count > 0; count -= 1) {
    if (relationNames.has(words.slice(-count).join(' ').toLowerCase())) return count
  }
  return 0
}
