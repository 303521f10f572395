import type { Diagnostic, Severity } from '../diagnostic.js'

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

/** "3 errors, 2 warnings, 1 note"; what there is none of is left out; undefined when there is nothing at all. */
export function summariseCounts({ errors, warnings, notes }: SeverityCounts): string | undefined {
  const parts = [plural(errors, 'error'), plural(warnings, 'warning'), plural(notes, 'note')].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}

function plural(count: number, noun: string): string | undefined {
  if (count === 0) return undefined
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
