import type { Origin, Place } from '../model/origin.js'
import { catalogue, type Code } from './catalogue.js'
import type { Severity } from './catalogue/entry.js'

/** A message to the user about one case. Bad input results in diagnostics, never in exceptions. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** A sentence about this case, without a full stop. */
  readonly message: string
  readonly origin?: Origin
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  /** Number of rows, cells or values with the same problem; 1 if absent. */
  readonly count?: number
  /** The source line at `origin`, shortened. */
  readonly excerpt?: string
  /** Base name of the artifact or mapping set concerned. */
  readonly subject?: string
}

/** The details of one case; severity and the default message come from the catalogue. */
export interface DiagnosticDetails {
  readonly message?: string
  readonly origin?: Origin
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  readonly count?: number
  readonly excerpt?: string
  readonly subject?: string
  /** The places of the rows that a count stands for, if they were left out. For the account of rows; not part of the diagnostic. */
  readonly rows?: readonly Place[]
}

/** Adds a diagnostic. Passed to every parser, rule and emitter. */
export type Report = (code: Code, details?: DiagnosticDetails) => void

/** Adds a diagnostic at a JSON pointer of a tree; at the whole document if that is not a tree. */
export type ReportAt = (pointer: string, code: Code, details: DiagnosticDetails) => void

/** Diagnostics in the order in which they were reported. */
export interface DiagnosticLog {
  readonly report: Report
  readonly entries: readonly Diagnostic[]
  readonly count: (severity: Severity) => number
}

/** Creates a log: empty, or continuing with the diagnostics given. */
export function createDiagnosticLog(before: readonly Diagnostic[] = []): DiagnosticLog {
  const entries: Diagnostic[] = [...before]
  return {
    entries,
    report: (code, details = {}) => void entries.push(createDiagnostic(code, details)),
    count: (severity) => entries.reduce((sum, entry) => sum + (entry.severity === severity ? 1 : 0), 0),
  }
}

/** Adds severity and default message of the code to the details of a case. */
export function createDiagnostic(code: Code, { rows: _rows, ...details }: DiagnosticDetails): Diagnostic {
  const { severity, title } = catalogue[code]
  return { code, severity, ...details, message: details.message ?? title }
}
