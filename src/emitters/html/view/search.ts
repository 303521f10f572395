import type { ReportData } from '../report-data.js'

/** What a search text finds: indices of techniques and capabilities, best first, and of rows by their comment. */
interface Subjects {
  readonly techniques: readonly number[]
  readonly capabilities: readonly number[]
  readonly comments: readonly number[]
}

/** The search of a report. */
export interface Search {
  /** Creates the test of rows for a text: all its words are in the row, in any of its fields. */
  readonly test: (words: string) => (row: number) => boolean
  /** Techniques and capabilities that have all words in their id, name or groups, and rows that have them in their comment. */
  readonly subjects: (words: string) => Subjects
  /** Prepares the texts ahead of the first search. */
  readonly prepare: () => void
}

/**
 * Creates the search of a report. Each capability, technique and text is folded once, on first use, and searched once for each word; rows
 * refer to them by index.
 */
export function createSearch(data: ReportData): Search {
  const { rows } = data
  let texts: FoldedTexts | undefined
  const folded = (): FoldedTexts => {
    texts ??= foldTexts(data)
    return texts
  }
  return {
    test(words) {
      const tests = splitWords(words).map((word) => testWord(rows, folded(), word))
      return (row) => tests.every((test) => test(row))
    },
    subjects(words) {
      const list = splitWords(words)
      if (list.length === 0) return { techniques: [], capabilities: [], comments: [] }
      const { capabilities, techniques, texts: all } = folded()
      const commented = new Set(findAll(all, list))
      const comments = rows.comments ?? []
      return {
        techniques: rankFirst(findAll(techniques, list), techniques, list),
        capabilities: rankFirst(findAll(capabilities, list), capabilities, list),
        comments: comments.flatMap((text, row) => (commented.has(text) ? [row] : [])),
      }
    },
    prepare: () => void folded(),
  }
}

/** The texts of a report, folded. */
interface FoldedTexts {
  readonly capabilities: readonly string[]
  readonly techniques: readonly string[]
  readonly texts: readonly string[]
}

function foldTexts({ capabilities, techniques, texts }: ReportData): FoldedTexts {
  return {
    capabilities: capabilities.map(({ id, name = '', groups = [] }) => foldText([id, name, ...groups].join('\n'))),
    techniques: techniques.map(({ id, name = '' }) => foldText(`${id}\n${name}`)),
    texts: texts.map(foldText),
  }
}

/** Folds text for searching: case and accents are ignored. */
function foldText(text: string): string {
  // Nearly all texts are ASCII, which is its own normal form.
  if (/^[\t-~]*$/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function splitWords(words: string): readonly string[] {
  return foldText(words).split(/\s+/).filter((word) => word !== '')
}

function findAll(list: readonly string[], words: readonly string[]): readonly number[] {
  return list.flatMap((text, index) => (words.every((word) => text.includes(word)) ? [index] : []))
}

/** Items whose id or name begins with the first word come first. */
function rankFirst(found: readonly number[], list: readonly string[], [first = '']: readonly string[]): readonly number[] {
  const begins = (index: number): boolean => {
    const text = list[index] ?? ''
    return text.startsWith(first) || text.includes(`\n${first}`)
  }
  return [...found.filter(begins), ...found.filter((index) => !begins(index))]
}

function testWord(rows: ReportData['rows'], folded: FoldedTexts, word: string): (row: number) => boolean {
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
