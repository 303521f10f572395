import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import { isList, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Origin } from '../../model/origin.js'

/** What reading a file needs: places, and counts of what is said once for the whole file. */
export interface FileReader {
  /** The place of a JSON pointer, with its line where the text is at hand. */
  origin(pointer: string): Origin
  /** Reports something about the value at a pointer. */
  report(code: Code, pointer: string, details?: DiagnosticDetails): void
  /** Counts something about a field that may recur on every row: told once, at its first place. */
  count(code: Code, field: string, pointer: string): void
  /** Reports what was counted. */
  reportCounts(): void
}

interface Tally {
  readonly code: Code
  readonly field: string
  readonly pointer: string
  count: number
}

/** How many fields of one kind are told apart; documents may be hostile. */
const FIELDS = 200

/** Creates a reader of one document. */
export function createFileReader(document: TreeDocument, report: Report): FileReader {
  const tallies = new Map<string, Tally>()
  const origin = (pointer: string): Origin => {
    const position = document.locate(pointer)
    return { document: document.file.name, place: { kind: 'pointer', pointer, ...position } }
  }
  return {
    origin,
    report: (code, pointer, details) => report(code, { origin: origin(pointer), ...details }),
    count(code, field, pointer) {
      const name = tallies.size < FIELDS ? field : 'others'
      const key = `${code} ${name}`
      const tally = tallies.get(key)
      if (tally) tally.count += 1
      else tallies.set(key, { code, field: name, pointer, count: 1 })
    },
    reportCounts() {
      for (const { code, field, pointer, count } of tallies.values()) {
        report(code, { origin: origin(pointer), found: field, count })
      }
      tallies.clear()
    },
  }
}

/** Counts the fields of an object that its format does not know. `path` names the object in messages, with a dot at its end. */
export function countUnknown(
  value: TreeObject, known: ReadonlySet<string>, path: string, pointer: string, reader: FileReader,
): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) reader.count('parse/unknown-field', path + key, pointer + pointerStep(key))
  }
}

/** A value in a few words, for messages: its kind and how it begins. */
export function describeValue(value: TreeValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (isList(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}
