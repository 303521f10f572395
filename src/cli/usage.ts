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

/** The exit codes in words, for the manual page. */
export const exitMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, 'Success; warnings do not count unless --fail-on warning is given.'],
  [exitCode.inputErrors, 'Errors in the input; everything else was processed. Also if standard output could not be written.'],
  [exitCode.usage, 'Invalid command line or settings; nothing was done.'],
  [exitCode.internal, 'Internal error: a bug in Crosswalk.'],
]

/** Invalid command line or configuration: the message is printed and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const examplesByCommand = new WeakMap<Command, readonly string[]>()

/** The examples of a command. */
export function examplesOf(command: Command): readonly string[] {
  return examplesByCommand.get(command) ?? []
}

/** Adds examples to the end of a command's help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  examplesByCommand.set(command, examples)
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}`.trimEnd())
}
