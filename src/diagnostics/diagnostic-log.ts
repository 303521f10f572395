import { catalogue, type Code } from './catalogue.js'
import type { Diagnostic, DiagnosticDetails, Report, Severity } from './diagnostic.js'

/** Collects diagnostics in the order in which they are reported. */
export interface DiagnosticLog {
  readonly report: Report
  readonly entries: readonly Diagnostic[]
  readonly count: (severity: Severity) => number
}

/** Creates a log: empty, or going on from what was reported before. */
export function createDiagnosticLog(before: readonly Diagnostic[] = []): DiagnosticLog {
  const entries: Diagnostic[] = [...before]
  return {
    entries,
    report: (code, details = {}) => void entries.push(createDiagnostic(code, details)),
    count: (severity) => entries.reduce((sum, entry) => sum + (entry.severity === severity ? 1 : 0), 0),
  }
}

/** Completes the details of one case with what the catalogue says of its code. */
export function createDiagnostic(code: Code, details: DiagnosticDetails): Diagnostic {
  const { severity, title } = catalogue[code]
  return { code, severity, ...details, message: details.message ?? title }
}
