/** What went wrong, as a sentence that follows "the server", and what a user can do about it. */
export interface Problem {
  readonly message: string
  readonly hint?: string
}
