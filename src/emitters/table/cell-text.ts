import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { longestCell, sanitiseCell, type TextChange } from './sanitise-cell.js'

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

/** Creates the sanitiser of one artefact; `artefact` names its kind in messages ("CSV"). Excel's cells set how long a text may be. */
export function createCellTexts(artefact: string, longest = longestCell): CellTexts {
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
        const details: DiagnosticDetails = { message: `${sentences[change]} in ${where} (${artefact})`, count }
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
