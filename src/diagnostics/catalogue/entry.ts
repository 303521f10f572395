/** An error means that something in the input is wrong; a warning that it may be; an info (a note) is for the curious. */
export type Severity = 'error' | 'warning' | 'info'

/** What every diagnostic of one code has in common. */
export interface CatalogueEntry {
  readonly severity: Severity
  /** What happened, as a sentence without a full stop; the message where a case gives none of its own. */
  readonly title: string
  /** What a user can do about it. */
  readonly help: string
}
