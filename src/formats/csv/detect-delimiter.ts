import { scanRecords } from './scan-records.js'

/** What parts the cells of a line, and how well it does. */
export interface DelimiterGuess {
  readonly delimiter: string
  /** The number of cells that most records have; 1 where no delimiter parts anything. */
  readonly columns: number
  /** The share of records, blank ones aside, that have this number of cells. */
  readonly share: number
}

/** In the order in which ties are broken. */
const candidates = [',', ';', '\t', '|']

/** How many records are looked at. */
const sample = 60

/**
 * The delimiter that parts the lines of a text most evenly; a comma where none parts them. Quoted cells may hold any of
 * them. The first line may name it, as Excel writes it: `sep=;`.
 */
export function detectDelimiter(text: string): DelimiterGuess {
  const named = /^sep=([^\r\n"])\r?\n/i.exec(text)?.[1]
  const guesses = (named === undefined ? candidates : [named]).map((delimiter) => judgeDelimiter(text, delimiter))
  return guesses.reduce((best, guess) => (rank(guess) > rank(best) ? guess : best))
}

function judgeDelimiter(text: string, delimiter: string): DelimiterGuess {
  const counts = new Map<number, number>()
  const records = scanRecords(text, delimiter, sample).rows.filter((row) => row.some((cell) => cell.trim() !== ''))
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1)
  let columns = 1
  let most = 0
  for (const [length, count] of counts) {
    // Of two widths that are as frequent, the greater one: titles above a table are narrow.
    if (count > most || (count === most && length > columns)) [columns, most] = [length, count]
  }
  return { delimiter, columns, share: records.length === 0 ? 0 : most / records.length }
}

/** Even lines count most, then many columns. */
function rank({ columns, share }: DelimiterGuess): number {
  return columns < 2 ? 0 : share * share * Math.min(columns, 30)
}
