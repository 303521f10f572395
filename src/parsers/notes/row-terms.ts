import { findMentions } from './find-mentions.js'
import { isTechniqueName } from './item-terms.js'
import { splitCells } from './line-shapes.js'
import { canNameCapability } from './naming-words.js'
import type { NoteSpan, NoteTable } from './note-block.js'
import { plainText } from './plain-text.js'
import type { TechniqueNames } from './technique-names.js'

/** What the rows of tables call capabilities. */
export interface RowTerms {
  termOf(span: NoteSpan, table: NoteTable): string | undefined
}

const capabilityTitles: ReadonlySet<string> = new Set([
  'capability', 'capabilityid', 'control', 'controlid', 'controls', 'countermeasure', 'defence', 'defense', 'measure',
  'mitigation', 'product', 'safeguard', 'securitycontrol', 'tool',
])

/** Titles over what is no capability, though it stand first. */
const otherTitles: ReadonlySet<string> = new Set([
  'date', 'id', 'name', 'no', 'nr', 'priority', 'severity', 'status', 'techniquename',
])

/**
 * The capability of a row stands in the column that is titled so, or else in the first, unless that names a technique or has
 * another title. A blank cell repeats the one above.
 */
export function createRowTerms(names: TechniqueNames): RowTerms {
  const columns = new Map<NoteTable, number | undefined>()
  const above = new Map<NoteTable, string>()
  return {
    termOf(span, table) {
      if (!columns.has(table)) columns.set(table, findColumn(table))
      const column = columns.get(table)
      if (column === undefined) return undefined
      const cell = splitCells(span.text)[column] ?? ''
      if (cell === '') return above.get(table)
      const words = plainText(cell)
      const isCapability = canNameCapability(words) && !isTechniqueName(words, span.text, names)
        && !findMentions(cell).ids.some(({ kind }) => kind !== 'elsewhere')
      if (!isCapability) return undefined
      above.set(table, words)
      return words
    },
  }
}

function findColumn({ titles }: NoteTable): number | undefined {
  const folded = titles.map((title) => plainText(title).toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ''))
  const titled = folded.findIndex((title) => capabilityTitles.has(title))
  if (titled >= 0) return titled
  const [first = ''] = folded
  return first === '' || (!otherTitles.has(first) && canNameCapability(titles[0] ?? '')) ? 0 : undefined
}
