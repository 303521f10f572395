/** How many rows a page says that it shows, and how many there are. */
export interface RowsNotice {
  /** What leaves rows out: the page itself, or a table that a script has cut into pages. */
  readonly of: 'page' | 'table'
  readonly shown: number
  readonly total: number
}

/** "… we have only downloaded the first 550 of 4,191 mappings." */
const FIRST_ROWS = /\bfirst ([\d,]{1,12}) of ([\d,]{1,12}) mappings\b/

/** "Showing 11 to 20 of 53 rows", "Showing 1 to 3 of 3 rows (filtered from 53 total rows)": below a table, by bootstrap-table. */
const SHOWING = /\bShowing ([\d,]{1,12}) to ([\d,]{1,12}) of ([\d,]{1,12}) rows\b(?: \(filtered from ([\d,]{1,12}) total rows\))?/

/** No line of a notice is longer. */
const LONGEST = 400

/** Reads what a line says of rows that are left out. Undefined where it says nothing of the kind. */
export function readRowsNotice(text: string): RowsNotice | undefined {
  if (text.length > LONGEST) return undefined
  const first = FIRST_ROWS.exec(text)
  if (first) return notice('page', readNumber(first[1]), readNumber(first[2]))
  const showing = SHOWING.exec(text)
  if (!showing) return undefined
  const [, from, to, of, all] = showing
  return notice('table', readNumber(to) - readNumber(from) + 1, readNumber(all ?? of))
}

function notice(of: RowsNotice['of'], shown: number, total: number): RowsNotice | undefined {
  return shown >= 0 && total > shown ? { of, shown, total } : undefined
}

function readNumber(digits = ''): number {
  return Number(digits.replaceAll(',', ''))
}
