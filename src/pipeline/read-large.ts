import type { AttackIndex } from '../attack/attack-index.js'
import { createDiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import { openLargeDocument } from '../formats/decode-document.js'
import { type DocumentFile, fieldOf, isList } from '../formats/decoded.js'
import type { LargeReading } from '../formats/json/large-json.js'
import { usualLimits } from '../formats/limits.js'
import type { Parser } from '../parsers/parser.js'
import { parsers } from '../parsers/registry.js'
import type { StopResult, UnderstoodDocument } from './requests.js'
import { detectParser, nameUnread, type Reading, understandDecoded } from './understand.js'

/** What ends the reading of a large document between two of its steps. */
interface Stop {
  /** Begins to measure: returns what gives the limit that is reached, if one is. */
  readonly watch?: (() => () => StopResult | undefined) | undefined
  /** From which size on documents are large, and in which steps they are read, if not the usual ones. */
  readonly from?: number
  readonly sizes?: LargeReading['sizes']
}

/** A limit was reached between two steps. */
class StoppedError extends Error {
  override readonly name = 'StoppedError'
  readonly stop: StopResult

  constructor(stop: StopResult) {
    super(`stopped at ${stop.limit}`)
    this.stop = stop
  }
}

/**
 * Understands a large document here, item by item: what is in memory is its bytes and its rows. Undefined if it is not one whose parser reads
 * so (`Parser.longList`), or anything is wrong with it: it is then read as a whole. Sets and messages are the same.
 */
export async function understandLarge(
  file: DocumentFile, reading: Reading, attack: AttackIndex, report: Report, { watch, from, sizes }: Stop = {},
): Promise<UnderstoodDocument | StopResult | undefined> {
  const log = createDiagnosticLog()
  let reached: ReturnType<NonNullable<typeof watch>> | undefined
  try {
    const document = await openLargeDocument(file, {
      lists,
      accepts: (shell, list) => nameUnread(shell) === undefined && isList(fieldOf(shell.value, list))
        && detectParser(shell, reading.from, () => undefined, reading.statements)?.parser.longList === list,
      limits: reading.means?.limits ?? usualLimits,
      check: watch && (() => {
        reached ??= watch()
        const stop = reached()
        if (stop) throw new StoppedError(stop)
      }),
      sizes,
    }, log.report, from)
    const understood = document && await understandDecoded(document, reading, attack, log.report)
    if (understood) for (const { code, ...details } of log.entries) report(code, details)
    return understood
  } catch (cause) {
    if (cause instanceof StoppedError) return cause.stop
    throw cause
  }
}

const lists: ReadonlySet<string> = new Set(parsers.flatMap(({ longList }: Parser) => longList ?? []))
