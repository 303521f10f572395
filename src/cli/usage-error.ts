/** The command line or the configuration makes no sense: told in a sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
