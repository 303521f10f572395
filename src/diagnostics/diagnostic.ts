import type { Origin } from '../model/origin.js'
import type { Code } from './catalogue.js'

export type Severity = 'error' | 'warning' | 'info'

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
  /** The artefact or mapping set concerned, by its base name. */
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
