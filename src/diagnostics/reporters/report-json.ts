import type { Place } from '../../model/origin.js'
import { catalogue, type Code } from '../catalogue.js'
import type { Severity } from '../catalogue/entry.js'
import { countSeverities, type SeverityCounts } from '../counts-in-words.js'
import type { Diagnostic } from '../diagnostic.js'
import { neutraliseJson } from './terminal-text.js'

/** A diagnostic as schemas/diagnostics.schema.json describes it. */
export interface DiagnosticRecord {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  /** The document's name as in artifacts: never an absolute path. */
  readonly document?: string
  /** The document's path, as the user typed it. */
  readonly path?: string
  readonly place?: Place
  readonly subject?: string
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
  readonly help: string
  readonly count?: number
  readonly excerpt?: string
}

/** The value of the JSON report. */
export interface DiagnosticsReport {
  readonly summary: SeverityCounts
  readonly diagnostics: readonly DiagnosticRecord[]
}

/**
 * Diagnostics as JSON (schemas/diagnostics.schema.json), ending in a line break. `paths`: each document's path as the user typed
 * it, by the document's name.
 */
export function reportJson(diagnostics: readonly Diagnostic[], paths?: ReadonlyMap<string, string>): string {
  return neutraliseJson(`${JSON.stringify(createDiagnosticsReport(diagnostics, paths), undefined, 2)}\n`)
}

/** The value that `reportJson` writes. */
export function createDiagnosticsReport(
  diagnostics: readonly Diagnostic[],
  paths?: ReadonlyMap<string, string>,
): DiagnosticsReport {
  return {
    summary: countSeverities(diagnostics),
    diagnostics: diagnostics.map((diagnostic) => createRecord(diagnostic, paths)),
  }
}

function createRecord(diagnostic: Diagnostic, paths: ReadonlyMap<string, string> | undefined): DiagnosticRecord {
  const { code, severity, message, origin, subject, found, expected, hint, count, excerpt } = diagnostic
  const path = origin && paths?.get(origin.document)
  return {
    code,
    severity,
    message,
    ...(origin && { document: origin.document }),
    ...(path !== undefined && { path }),
    ...(origin && { place: origin.place }),
    ...(subject !== undefined && { subject }),
    ...(found !== undefined && { found }),
    ...(expected !== undefined && { expected }),
    ...(hint !== undefined && { hint }),
    help: catalogue[code].help,
    ...(count !== undefined && { count }),
    ...(excerpt !== undefined && { excerpt }),
  }
}
