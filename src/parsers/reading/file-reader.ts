import { catalogue, type Code } from '../../diagnostics/catalogue.js'
import type { CatalogueEntry } from '../../diagnostics/catalogue/entry.js'
import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import { isList, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Detection, FrameworkGuess } from '../../frameworks/detect-frameworks.js'
import type { Origin, Place } from '../../model/origin.js'
import { stated } from '../../model/stated.js'

/** Origins and diagnostics of one JSON or YAML document, by JSON pointer (RFC 6901). */
export interface FileReader {
  /** The origin of the value at a pointer, with line and column if they can be located. */
  origin(pointer: string): Origin
  /** The origin of an item of the list at a pointer, of which there may be many; `pointer`: the item's own. */
  itemOrigin(list: string, item: number, pointer: string): Origin
  /** Reports a diagnostic at the value of a pointer. */
  report(code: Code, pointer: string, details?: DiagnosticDetails): void
  /**
   * Counts a diagnostic about a field that may recur on every row: reported once, at its first place, with its count. `row`: the pointer of
   * the row that is left out, if that is another one.
   */
  count(code: Code, field: string, pointer: string, row?: string): void
  /** Reports the counted diagnostics. */
  reportCounts(): void
}

/** Creates the reader of a document. */
export function createFileReader(document: TreeDocument, report: Report): FileReader {
  const tally = createTally(report, 'others')
  const originAt = (pointer: string, position: ReturnType<TreeDocument['locate']>): Origin => {
    // Written out, these objects take half of the memory of a spread: each row has one.
    const place: Place = position ? { kind: 'pointer', pointer, line: position.line, column: position.column } : { kind: 'pointer', pointer }
    return { document: document.file.name, place }
  }
  const origin = (pointer: string): Origin => originAt(pointer, document.locate(pointer))
  return {
    origin,
    itemOrigin: (list, item, pointer) => originAt(pointer, document.locate(list, item)),
    report: (code, pointer, details) => report(code, { origin: origin(pointer), ...details }),
    count: (code, field, pointer, row = pointer) => (
      tally.count(code, field, (found) => ({ origin: origin(pointer), found }), () => ({ kind: 'pointer', pointer: row }))
    ),
    reportCounts: () => tally.report(),
  }
}

/** Counts the fields of an object that its format does not define. `path` prefixes them in messages: "metadata.", or "". */
export function countUnknown(
  value: TreeObject, known: ReadonlySet<string>, path: string, pointer: string, reader: FileReader,
): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) reader.count('parse/unknown-field', path + key, pointer + pointerStep(key))
  }
}

/** A value in a few words, for messages: its type and the beginning of its text, or the length of a list. */
export function describeValue(value: TreeValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (isList(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return `the ${typeof value} ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}

/** Counts diagnostics that may recur on every row, so that each is reported once, with its count. */
interface Tally {
  /**
   * Counts one occurrence of a code about a subject: a field, a column, a value. `describe` builds the details of the first
   * occurrence; it gets the subject under which the occurrence was counted. `place`: that of the row, for codes that leave rows out.
   */
  count(code: Code, subject: string, describe: (subject: string) => DiagnosticDetails, place: () => Place): void
  /** Reports every code and subject in order of first occurrence, and resets the counts. */
  report(): void
}

interface TallyEntry {
  readonly code: Code
  readonly details: () => DiagnosticDetails
  /** The rows, if the code leaves them out. */
  readonly rows?: Place[]
  count: number
}

/** Most subjects that are counted separately: a document may contain any number. */
const MOST_SUBJECTS = 200

/** Creates an empty tally. Subjects beyond the limit are counted together as `rest`. */
export function createTally(report: Report, rest: string): Tally {
  const entries = new Map<string, TallyEntry>()
  return {
    count(code, subject, describe, place) {
      const counted = entries.size < MOST_SUBJECTS ? subject : rest
      const key = `${code} ${counted}`
      const entry = entries.get(key)
      if (entry) {
        entry.count += 1
        entry.rows?.push(place())
        return
      }
      const { leavesOut }: CatalogueEntry = catalogue[code]
      entries.set(key, { code, details: () => describe(counted), count: 1, ...(leavesOut && { rows: [place()] }) })
    },
    report() {
      for (const { code, details, count, rows } of entries.values()) report(code, { ...details(), count, ...(rows && { rows }) })
      entries.clear()
    },
  }
}

/** Reports each framework that was detected from capability ids, with the share of ids that shows it, at its first row. */
export function reportGuesses({ guesses }: Detection, originOf: (framework: string) => Origin | undefined, report: Report): void {
  for (const guess of guesses) {
    report('parse/guessed-framework', {
      message: `${describeShare(guess)}: the framework was taken from that`,
      ...stated({ origin: originOf(guess.framework.id) }),
      found: guess.framework.id,
      hint: 'If it is another framework, name it with --framework.',
    })
  }
}

/** Reports rows whose framework is unknown: once for a document, and where a few ids look like those of a framework, that too. */
export function reportUnknownFramework(
  count: number, { refused }: Partial<Detection>, origin: Origin | undefined, report: Report,
): void {
  report('parse/unknown-framework', {
    ...stated({ origin, found: refused && `${describeShare(refused)}: too few to be evidence` }),
    count,
    hint: 'Name the framework: --framework nist_800_53, or a name of your own. --framework applies to all rows that state none.',
  })
}

function describeShare({ framework, ids, of }: FrameworkGuess): string {
  return of === 1 ? `The only capability id is an id of ${framework.name}` : `${ids} of ${of} capability ids are ids of ${framework.name}`
}
