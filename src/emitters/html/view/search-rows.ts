import type { ReportData } from '../report-data.js'
import { foldText } from './fold-text.js'

/** Says whether a row holds a word that was asked for. */
type RowTest = (row: number) => boolean

/** Finds rows by words. */
export type RowSearch = (words: string) => RowTest

/**
 * Makes a search of a report's rows. Each capability, technique and text is looked at once for each word, and rows point to them.
 * All words must be found, wherever in the row.
 */
export function createRowSearch({ rows, capabilities, techniques, texts }: ReportData): RowSearch {
  const folded = {
    capabilities: capabilities.map(({ id, name = '', groups = [] }) => foldText([id, name, ...groups].join('\n'))),
    techniques: techniques.map(({ id, name = '' }) => foldText(`${id}\n${name}`)),
    texts: texts.map(foldText),
  }
  return (words) => {
    const tests = foldText(words).split(/\s+/).filter((word) => word !== '').map(testWord)
    return (row) => tests.every((test) => test(row))
  }

  function testWord(word: string): RowTest {
    const has = (text: string): boolean => text.includes(word)
    const found = {
      capabilities: folded.capabilities.map(has),
      techniques: folded.techniques.map(has),
      texts: folded.texts.map(has),
    }
    const inText = (column: readonly number[] | undefined, row: number): boolean => found.texts[column?.[row] ?? -1] === true
    return (row) =>
      found.capabilities[rows.capability[row] ?? -1] === true
      || found.techniques[rows.technique[row] ?? -1] === true
      || inText(rows.comments, row) || inText(rows.relation, row) || inText(rows.group, row)
      || inText(rows.category, row) || inText(rows.value, row) || inText(rows.status, row)
      || (rows.references?.[row]?.some((reference) => found.texts[reference] === true) ?? false)
  }
}
