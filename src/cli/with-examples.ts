import type { Command } from 'commander'

/** Ends a command's help with examples that can be typed as they stand. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}`.trimEnd())
}
