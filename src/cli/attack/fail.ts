import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { exitCode } from '../exit-code.js'

/** Tells what is wrong with what the user gave, a line each, then what may be meant; and has the process end with that. */
export function fail(problems: readonly string[], suggestions: readonly string[] = []): void {
  process.stderr.write(problems.map((problem) => `error: ${neutralise(problem)}\n`).join(''))
  process.stderr.write(suggestions.map((suggestion) => `  ${neutralise(suggestion)}\n`).join(''))
  process.exitCode = exitCode.inputErrors
}
