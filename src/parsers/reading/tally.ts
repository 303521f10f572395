import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'

/** Counts diagnostics that may recur on every row, so that each is reported once, with its count. */
export interface Tally {
  /**
   * Counts one occurrence of a code about a subject: a field, a column, a value. `describe` builds the details of the first
   * occurrence; it gets the subject under which the occurrence was counted.
   */
  count(code: Code, subject: string, describe: (subject: string) => DiagnosticDetails): void
  /** Reports every code and subject in order of first occurrence, and resets the counts. */
  report(): void
}

interface TallyEntry {
  readonly code: Code
  readonly details: () => DiagnosticDetails
  count: number
}

/** Most subjects that are counted separately: a document may contain any number. */
const MOST_SUBJECTS = 200

/** Creates an empty tally. Subjects beyond the limit are counted together as `rest`. */
export function createTally(report: Report, rest: string): Tally {
  const entries = new Map<string, TallyEntry>()
  return {
    count(code, subject, describe) {
      const counted = entries.size < MOST_SUBJECTS ? subject : rest
      const key = `${code} ${counted}`
      const entry = entries.get(key)
      if (entry) entry.count += 1
      else entries.set(key, { code, details: () => describe(counted), count: 1 })
    },
    report() {
      for (const { code, details, count } of entries.values()) report(code, { ...details(), count })
      entries.clear()
    },
  }
}
