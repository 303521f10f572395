import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { pickColumns, type ReportTable } from '../../model/report-table.js'
import { cutText } from '../../model/text.js'

/** Sanitises cells, and remembers what had to be changed. */
export interface CellTexts {
  /** The text as the cell may hold it; never blank where the text is not. */
  clean(text: string, where: string, origin?: Origin): string
  /** The same for a value of a list, which stands on one line. */
  cleanLine(text: string, where: string, origin?: Origin): string
  /** Says what was changed, once for each kind of change and column, as `emit/text-adjusted`. */
  report(report: Report): void
}

interface Adjustment {
  readonly change: TextChange | 'lines joined'
  readonly where: string
  readonly origin?: Origin
  count: number
}

const sentences: Readonly<Record<Adjustment['change'], string>> = {
  'line ends': 'Line ends were made uniform',
  'characters removed': 'Characters that XML forbids were removed',
  'characters replaced': 'Halves of characters were replaced by U+FFFD',
  'lines joined': 'Line ends inside a value of a list became spaces',
  'shortened': 'Text longer than a cell can hold was shortened',
}

/** Creates the sanitiser of one artifact; `artifact` names its kind in messages ("CSV"). Excel's cells set how long a text may be. */
export function createCellTexts(artifact: string, longest = longestCell): CellTexts {
  const adjustments = new Map<string, Adjustment>()
  return {
    clean(text, where, origin) {
      const cell = sanitiseCell(text, longest)
      for (const change of cell.changes) note(change, where, origin)
      return cell.text
    },
    cleanLine(text, where, origin) {
      if (!/[\r\n]/.test(text)) return text
      note('lines joined', where, origin)
      return text.replaceAll(/[\r\n]+/g, ' ')
    },
    report(report) {
      for (const { change, where, origin, count } of adjustments.values()) {
        const details: DiagnosticDetails = { message: `${sentences[change]} in ${where} (${artifact})`, count }
        report('emit/text-adjusted', origin ? { ...details, origin } : details)
      }
    },
  }

  function note(change: Adjustment['change'], where: string, origin: Origin | undefined): void {
    const key = `${change} ${where}`
    const known = adjustments.get(key)
    if (known) known.count += 1
    else adjustments.set(key, { change, where, count: 1, ...(origin && { origin }) })
  }
}

/** What was done to a cell's text. */
type TextChange = 'line ends' | 'characters removed' | 'characters replaced' | 'shortened'

interface SanitisedCell {
  readonly text: string
  readonly changes: readonly TextChange[]
}

/** The most UTF-16 code units that an Excel cell holds ("Excel specifications and limits"). */
export const longestCell = 32_767

// Whatever is neither tab, LF nor a character of XML 1.0 (section 2.2, "Char").
const suspicious = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
const lineEnds = /\r\n?/g
// Sets have none; diagnostics quote documents as they are.
const loneSurrogates = /\p{Cs}/gu
const illegal = /[^\t\n\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/**
 * Makes a text fit for a cell of CSV and of Excel alike: line ends become LF, characters that XML forbids go, lone surrogates
 * become U+FFFD, and what is longer than Excel's limit, or another, ends in a marker. Formulas are left alone: that is the writer's
 * business.
 */
export function sanitiseCell(text: string, longest = longestCell): SanitisedCell {
  if (text.length <= longest && !suspicious.test(text)) return { text, changes: [] }
  const changes: TextChange[] = []
  const apply = (change: TextChange, changed: string): void => {
    if (changed === text) return
    changes.push(change)
    text = changed
  }
  apply('line ends', text.replaceAll(lineEnds, '\n'))
  // What is stated must not become blank: blank means not stated.
  apply('characters removed', text.replaceAll(illegal, '') || '\uFFFD')
  apply('characters replaced', text.replaceAll(loneSurrogates, '\uFFFD'))
  if (text.length > longest) apply('shortened', shorten(text, longest))
  return { text, changes }
}

function shorten(text: string, longest: number): string {
  const marker = `… [shortened: the text has ${text.length} characters]`
  return `${cutText(text, longest - marker.length)}${marker}`
}

/**
 * Report tables with the columns of files and with texts that cells of CSV and Excel can hold. Changed texts are reported as
 * `emit/text-adjusted`; `artifact` names the format in messages ("CSV").
 */
export function cleanTables(tables: readonly ReportTable[], artifact: string, report: Report): readonly ReportTable[] {
  const texts = createCellTexts(artifact)
  const clean = tables.map((table) => pickColumns(table, 'files')).map((table): ReportTable => ({
    ...table,
    ...(table.about !== undefined && { about: texts.clean(table.about, table.title) }),
    columns: table.columns.map((column) => ({ ...column, title: texts.clean(column.title, table.title) })),
    rows: table.rows.map((row) => row.map((cell, index) =>
      (typeof cell === 'string' ? texts.clean(cell, `${table.title}, ${table.columns[index]?.title ?? ''}`) : cell))),
  }))
  texts.report(report)
  return clean
}
