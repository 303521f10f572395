import type { Severity } from './catalogue/entry.js'
import type { Diagnostic } from './diagnostic.js'

/** A count with its noun: "1 row", "3 rows", "2 capabilities". */
export function countNoun(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

/** Number of diagnostics of each severity; a note is an `info`. */
export interface SeverityCounts {
  readonly errors: number
  readonly warnings: number
  readonly notes: number
}

/** Counts diagnostics by severity. */
export function countSeverities(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const count = (severity: Severity): number => diagnostics.reduce((sum, entry) => sum + (entry.severity === severity ? 1 : 0), 0)
  return { errors: count('error'), warnings: count('warning'), notes: count('info') }
}

/** "22 warnings (451 cases), 1 note": a diagnostic may count many equal cases. Undefined without diagnostics. */
export function summariseCases(diagnostics: readonly Diagnostic[]): string | undefined {
  const severities = [['error', 'error'], ['warning', 'warning'], ['info', 'note']] as const
  const parts = severities.flatMap(([severity, noun]) => {
    const found = diagnostics.filter((entry) => entry.severity === severity)
    const cases = found.reduce((sum, { count = 1 }) => sum + count, 0)
    if (found.length === 0) return []
    return [`${countNoun(found.length, noun)}${cases > found.length ? ` (${countNoun(cases, 'case')})` : ''}`]
  })
  return parts.length === 0 ? undefined : parts.join(', ')
}

/** "3 errors, 2 warnings, 1 note"; zeros are left out. Undefined if all are zero. */
export function summariseCounts({ errors, warnings, notes }: SeverityCounts): string | undefined {
  const counts = [[errors, 'error'], [warnings, 'warning'], [notes, 'note']] as const
  const parts = counts.filter(([count]) => count > 0).map(([count, noun]) => countNoun(count, noun))
  return parts.length === 0 ? undefined : parts.join(', ')
}
