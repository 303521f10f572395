/** Something that was found on the way. */
export interface PageNote {
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly count: number
  readonly code: string
  /** Document and place. */
  readonly place?: string
  readonly found?: string
  readonly expected?: string
  readonly hint?: string
}
