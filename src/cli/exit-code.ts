/** What the process ends with. Warnings alone are success, unless `--fail-on warning`. */
export const exitCode = {
  done: 0,
  /** Errors in the input; everything that could be converted was. */
  inputErrors: 1,
  /** The command line or the configuration makes no sense. */
  usage: 2,
  /** Our own fault. */
  internal: 3,
} as const
