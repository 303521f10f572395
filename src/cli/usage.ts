import type { Command } from 'commander'

/** Exit codes of the process. Warnings do not fail unless `--fail-on warning`. */
export const exitCode = {
  done: 0,
  /** Errors in the input; everything else was processed. */
  inputErrors: 1,
  /** Invalid command line or configuration. */
  usage: 2,
  /** A bug in Crosswalk. */
  internal: 3,
} as const

/** Invalid command line or configuration: the message is printed and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Adds examples to the end of a command's help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}`.trimEnd())
}
