/** `error`: something in the input is wrong; `warning`: it may be wrong; `info`, printed as "note": nothing needs to be done. */
export type Severity = 'error' | 'warning' | 'info'

/** The part that all diagnostics of one code share. */
export interface CatalogueEntry {
  readonly severity: Severity
  /** A sentence without a full stop that says what happened; the message of cases that have none of their own. */
  readonly title: string
  /** Advice to the user in whole sentences; the hint of cases that have none of their own. */
  readonly help: string
  /** Its places are of rows, or contain rows, that make no mapping: rows read = rows with mappings + these. Default: false. */
  readonly leavesOut?: true
}
