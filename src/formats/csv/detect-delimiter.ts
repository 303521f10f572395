import { scanRecords } from './scan-records.js'

/** A delimiter, and how evenly it splits a text. */
interface DelimiterGuess {
  readonly delimiter: string
  /** The number of cells that most records have; 1 if the delimiter does not occur. */
  readonly columns: number
  /** The share of non-blank records that have this number of cells. */
  readonly share: number
}

/** A guess, and the evidence beside its evenness. */
interface MeasuredGuess extends DelimiterGuess {
  /** Offset of the first record that names known columns; infinite without one. */
  readonly titlesAt: number
  /** Number of known columns in it. */
  readonly titles: number
  /** Share of records in which a quote opens in the middle of a cell, after another delimiter. */
  readonly torn: number
}

/** In order of preference on a tie. */
const candidates = [',', ';', '\t', '|']

/** Number of records that are measured, and of characters: a hostile record has millions of cells. */
const sample = 60
const sampleLength = 2_000_000

/**
 * The delimiter of a text; a comma if none splits it. The first line may state it, as Excel writes it: `sep=;`. Otherwise that whose
 * first record of known column titles comes first: bars in a comment split its lines more evenly than commas split the records. Without
 * such titles, the one that splits the records most evenly. Quoted cells may contain any of them.
 */
export function detectDelimiter(text: string): DelimiterGuess {
  const named = /^sep=([^\r\n"])\r?\n/i.exec(text)?.[1]
  const guesses = (named === undefined ? candidates : [named]).map((delimiter) => measureDelimiter(text, delimiter))
  return guesses.reduce((best, guess) => (isBetter(guess, best) ? guess : best))
}

function isBetter(guess: MeasuredGuess, best: MeasuredGuess): boolean {
  if (guess.titlesAt !== best.titlesAt) return guess.titlesAt < best.titlesAt
  if (guess.titles !== best.titles) return guess.titles > best.titles
  return rank(guess) > rank(best)
}

/** Even widths count most, then many columns; cells that quotes tear count little. */
function rank({ columns, share, torn }: MeasuredGuess): number {
  return columns < 2 ? 0 : share * share * Math.min(columns, 30) * (1 - torn) ** 4
}

function measureDelimiter(text: string, delimiter: string): MeasuredGuess {
  const { rows, starts } = scanRecords(text.slice(0, sampleLength), delimiter, sample)
  const counts = new Map<number, number>()
  let records = 0
  let torn = 0
  for (const row of rows) {
    if (row.every((cell) => cell.trim() === '')) continue
    records += 1
    counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    if (row.some((cell) => isTorn(cell, delimiter))) torn += 1
  }
  let columns = 1
  let most = 0
  for (const [length, count] of counts) {
    // Of two widths that are equally frequent, the greater: titles above a table are narrow.
    if (count > most || (count === most && length > columns)) [columns, most] = [length, count]
  }
  const header = columns < 2 ? -1 : rows.findIndex((row) => row.length >= columns && countTitles(row, delimiter) >= 2)
  return {
    delimiter,
    columns,
    share: records === 0 ? 0 : most / records,
    torn: records === 0 ? 0 : torn / records,
    titlesAt: header < 0 ? Number.POSITIVE_INFINITY : (starts[header] ?? 0),
    titles: header < 0 ? 0 : countTitles(rows[header] ?? [], delimiter),
  }
}

/** A quote that opens after another delimiter: the cell is several of another table. */
const opening = /[,;\t|]"(?!["\s]*$)/

function isTorn(cell: string, delimiter: string): boolean {
  const found = opening.exec(cell)
  return found !== null && found[0][0] !== delimiter
}

/** Words that titles of columns consist of, in mapping tables. Not every title: two in one record are enough. */
const titleWords: ReadonlySet<string> = new Set((
  'id ids control controls capability capabilities technique techniques subtechnique sub attack att ck mitre ttp ttps tid tactic tactics '
  + 'mapping type name title description comment comments note notes framework version score value category group family reference '
  + 'references rationale status object domain safeguard requirement measure cve vulnerability product service feature'
).split(' '))

/** Number of different cells that consist of words of titles. A title with another delimiter in it counts for none. */
function countTitles(row: readonly string[], delimiter: string): number {
  const titles = row.map((cell) => cell.trim().toLowerCase()).filter((cell) => {
    if (cell.length > 40 || candidates.some((other) => other !== delimiter && other !== ',' && cell.includes(other))) return false
    const words = cell.split(/[^a-z]+/).filter((word) => word !== '')
    return words.length > 0 && words.every((word) => titleWords.has(word))
  })
  return new Set(titles).size
}
