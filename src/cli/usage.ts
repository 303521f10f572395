import type { Command } from 'commander'
import { editDistance } from '../attack/find-techniques.js'

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

/** "Unknown format "stixx". Did you mean "stix"?", or the whole list if no candidate is near. */
export function describeUnknown(kind: string, word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  const advice = nearest === undefined ? `Available: ${known.join(', ')}.` : `Did you mean "${nearest}"?`
  return `Unknown ${kind} "${word}". ${advice}`
}

/** One letter in three may differ in a typo. */
const lettersPerTypo = 3
/** Longer words are cut: the time to compare grows with the product of the lengths. */
const maxWordLength = 100

/** The most likely candidate for a mistyped or abbreviated word; undefined if none is near. */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, maxWordLength).toLowerCase()
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase())
    const isTypo = distance <= Math.max(1, Math.floor(candidate.length / lettersPerTypo))
    const isNear = isTypo || candidate.toLowerCase().startsWith(typed)
    if (isNear && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
