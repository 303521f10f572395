import type { Severity } from './catalogue/entry.js'
import type { Diagnostic } from './diagnostic.js'

/** "1 row", "3 rows", "2 capabilities". */
export function countNoun(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

/** How many diagnostics of each severity there are, by the words in which people are told. */
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

/**
 * "22 warnings (451 cases), 1 note": a diagnostic may stand for many like cases. Undefined when there is nothing at all.
 */
export function summariseCases(diagnostics: readonly Diagnostic[]): string | undefined {
  const severities = [['error', 'error'], ['warning', 'warning'], ['info', 'note']] as const
  const parts = severities.flatMap(([severity, noun]) => {
    const told = diagnostics.filter((entry) => entry.severity === severity)
    const cases = told.reduce((sum, { count = 1 }) => sum + count, 0)
    if (told.length === 0) return []
    return [`${countNoun(told.length, noun)}${cases > told.length ? ` (${countNoun(cases, 'case')})` : ''}`]
  })
  return parts.length === 0 ? undefined : parts.join(', ')
}

/** "3 errors, 2 warnings, 1 note"; what there is none of is left out; undefined when there is nothing at all. */
export function summariseCounts({ errors, warnings, notes }: SeverityCounts): string | undefined {
  const counts = [[errors, 'error'], [warnings, 'warning'], [notes, 'note']] as const
  const parts = counts.filter(([count]) => count > 0).map(([count, noun]) => countNoun(count, noun))
  return parts.length === 0 ? undefined : parts.join(', ')
}
