import type { AttackIndex } from '../attack/attack-index.js'
import { createDiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import { type LargeDocumentReading, openLargeDocument } from '../formats/decode-document.js'
import { type DocumentFile, fieldOf, isList, type TreeDocument } from '../formats/decoded.js'
import { type Excess, type Limits, reportExcess, usualLimits } from '../formats/limits.js'
import type { Parser } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { StopResult, UnderstoodDocument } from './requests.js'
import { detectParser, forcedContainer, nameUnread, type Reading, understandDecoded } from './understand.js'

/** What ends the reading of a large document between two of its steps. */
interface Stop {
  /** Begins to measure: returns what gives the limit that is reached, if one is. */
  readonly watch?: ((file: DocumentFile) => () => StopResult | undefined) | undefined
  /** From which size on documents are large, and in which steps they are read, if not the usual ones. */
  readonly from?: LargeDocumentReading['from']
  readonly sizes?: LargeDocumentReading['sizes']
}

/** The reading of a document must end here: at a limit, or because it has more than may be read without one. */
class EndedError extends Error {
  override readonly name = 'EndedError'
  readonly stop: StopResult | undefined

  constructor(stop?: StopResult) {
    super('the document is not read further')
    this.stop = stop
  }
}

/** Rows and mappings between which time and memory are measured. */
const checkedRows = 1000

/**
 * Understands a large document here, step by step: what is in memory is its bytes, the cells of a table, and its rows. Undefined if it is JSON
 * whose parser does not read it so (`Parser.longList`), or of another container, or anything is wrong with it: it is then read as a whole.
 * Sets and messages are the same.
 */
export async function understandLarge(
  file: DocumentFile, reading: Reading, attack: AttackIndex, report: Report, { watch, from, sizes }: Stop = {},
): Promise<UnderstoodDocument | StopResult | undefined> {
  const log = createDiagnosticLog()
  const limits = reading.means?.limits ?? usualLimits
  let reached: (() => StopResult | undefined) | undefined
  const checkStep = (): void => {
    reached ??= watch?.(file)
    const stop = reached?.()
    if (stop) throw new EndedError(stop)
  }
  const accepts = (shell: TreeDocument, list: string): boolean => nameUnread(shell) === undefined && isList(fieldOf(shell.value, list))
    && detectParser(shell, reading.from, () => undefined, reading.statements)?.parser.longList === list
  try {
    const as = forcedContainer(file.name, reading.from)
    let excess: Excess | undefined
    const refuse = (found: Excess): void => { excess = found }
    const document = await openLargeDocument(file, { lists, accepts, limits, as, check: checkStep, refuse, from, sizes }, log.report)
    if (excess) {
      // As a whole, it may take more memory than it may before it is known to have too many values.
      reportExcess(excess, file, limits, report)
      return { file, rows: 0, sets: [] }
    }
    const understood = document && await understandDecoded(document, { ...reading, check: countRows(limits, checkStep) }, attack, log.report)
    if (understood) for (const { code, ...details } of log.entries) report(code, details)
    return understood
  } catch (cause) {
    if (cause instanceof EndedError) return cause.stop
    throw cause
  }
}

const lists: ReadonlySet<string> = new Set(parsers.flatMap(({ longList }: Parser) => longList ?? []))

/** Checks the rows of tables, of which one may make any number of mappings: what makes too many is read as a whole, which reports it. */
function countRows({ mappings: most }: Limits, checkStep: () => void): (mappings: number) => void {
  let [made, unchecked] = [0, 0]
  return (mappings) => {
    made += mappings
    if (made > most) throw new EndedError()
    unchecked += mappings + 1
    if (unchecked < checkedRows) return
    unchecked = 0
    checkStep()
  }
}
