import type { Origin } from '../model/origin.js'
import { catalogue, type Code } from './catalogue.js'
import type { Severity } from './catalogue/entry.js'

/** One thing that a user must be told. Bad input makes these, never an exception. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** A whole sentence about this very case. */
  readonly message: string
  readonly origin?: Origin
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  /** How many rows, cells or values this stands for; 1 when absent. */
  readonly count?: number
  /** The source line that the place points at, shortened. */
  readonly excerpt?: string
  /** The artifact or mapping set concerned, by its base name. */
  readonly subject?: string
}

/** What a reporter of a diagnostic gives; severity and the default message come from the catalogue. */
export interface DiagnosticDetails {
  readonly message?: string
  readonly origin?: Origin
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  readonly count?: number
  readonly excerpt?: string
  readonly subject?: string
}

/** Says that something is so. Handed to every parser, rule and emitter. */
export type Report = (code: Code, details?: DiagnosticDetails) => void

/** Reports at the place of a JSON pointer in a tree, or of the whole document where it is no tree. */
export type ReportAt = (pointer: string, code: Code, details: DiagnosticDetails) => void

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
