/** The first problem of a TOML text. */
export interface TomlProblem {
  readonly code: 'read/malformed' | 'read/too-deep'
  readonly at: number
  readonly expected: string
}

/** Ends the scan of a TOML text; caught by `scanToml`. */
export class TomlError extends Error implements TomlProblem {
  constructor(readonly at: number, readonly expected: string, readonly code: TomlProblem['code'] = 'read/malformed') {
    super(expected)
  }
}
