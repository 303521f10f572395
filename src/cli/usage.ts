import type { Command } from 'commander'

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

/** The command line or the configuration makes no sense: told in a sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Ends a command's help with examples that can be typed as they stand. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}`.trimEnd())
}
