import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { pickColumns, type ReportTable } from '../../model/report-table.js'
import { cutText } from '../../model/text.js'

/** Sanitises the texts of cells, and records the changes. `where` names the column or sheet in messages. */
export interface CellTexts {
  /** See `sanitiseCell`. */
  clean(text: string, where: string, origin?: Origin): string
  /** Replaces line ends in a value of a list, whose values are on lines of their own. Not sanitised otherwise. */
  cleanLine(text: string, where: string, origin?: Origin): string
  /** Reports the changes as `emit/text-adjusted`, once for each kind of change and `where`. */
  report(report: Report): void
  /** The changes so far, to be counted for another artifact with the same texts. */
  changes(): readonly Adjustment[]
  /** Counts changes of another sanitiser as its own. */
  adopt(changes: readonly Adjustment[]): void
}

/** A kind of change in one column or sheet. */
export interface Adjustment {
  readonly change: TextChange | 'lines joined'
  readonly where: string
  readonly origin?: Origin
  count: number
}

const sentences: Readonly<Record<Adjustment['change'], string>> = {
  'line ends': 'Line ends were changed to line feeds',
  'characters removed': 'Characters that XML forbids were removed',
  'characters replaced': 'Lone surrogates were replaced by U+FFFD',
  'lines joined': 'Line ends in values of a list were replaced by spaces',
  'shortened': 'Texts longer than the cell limit were shortened',
}

/** Creates the sanitiser of one artifact, whose kind `artifact` names in messages ("CSV"). The default limit is that of Excel. */
export function createCellTexts(artifact: string, longest = longestCell): CellTexts {
  const adjustments = new Map<string, Adjustment>()
  return {
    clean(text, where, origin) {
      if (text.length <= longest && !unusual.test(text)) return text
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
    changes: () => [...adjustments.values()],
    adopt(changes) {
      for (const { change, where, origin, count } of changes) note(change, where, origin, count)
    },
  }

  function note(change: Adjustment['change'], where: string, origin: Origin | undefined, times = 1): void {
    const key = `${change} ${where}`
    const known = adjustments.get(key)
    if (known) known.count += times
    else adjustments.set(key, { change, where, count: times, ...(origin && { origin }) })
  }
}

type TextChange = 'line ends' | 'characters removed' | 'characters replaced' | 'shortened'

interface SanitisedCell {
  readonly text: string
  readonly changes: readonly TextChange[]
}

/** Maximum length of an Excel cell, in UTF-16 code units ("Excel specifications and limits"). */
export const longestCell = 32_767

// Anything but tab, LF and the other characters of XML 1.0 (section 2.2, "Char") without CR.
const suspicious = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
/** The same or a half of a surrogate pair: whole texts without any are found in half of the time. */
const unusual = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD]/
const lineEnds = /\r\n?/g
// Sets contain none, but diagnostics quote documents verbatim.
const loneSurrogates = /\p{Cs}/gu
const illegal = /[^\t\n\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/**
 * Makes a text valid in cells of both CSV and Excel: line ends become LF, characters that XML forbids are removed, lone surrogates
 * become U+FFFD, and texts longer than `longest` are shortened and end in a marker. Never blank unless the text is. Formulas are
 * not escaped: writers do that.
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
  // A stated text must not become blank, which means "not stated".
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
 * Reduces report tables to the columns of files, with texts that are valid in cells of CSV and Excel. Changed texts are reported as
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
