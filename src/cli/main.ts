import { CommanderError } from 'commander'
import { neutralise } from '../diagnostics/reporters/neutralise.js'
import { createProgram } from './create-program.js'
import { exitCode } from './exit-code.js'
import { UsageError } from './usage-error.js'

/** Runs the command line. Never rejects: what goes wrong is told on stderr and in `process.exitCode`. */
export async function main(args: readonly string[]): Promise<void> {
  surviveClosedPipes()
  process.on('uncaughtException', (error) => fail(error, args))
  try {
    const program = await createProgram(args)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    fail(error, args)
  }
}

function fail(error: unknown, args: readonly string[]): void {
  if (error instanceof CommanderError) {
    // Commander has told it by now. Its help and version "errors" have exit code 0.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage
    return
  }
  if (error instanceof UsageError) {
    process.exitCode = exitCode.usage
    process.stderr.write(`error: ${error.message.split('\n').map(neutralise).join('\n')}\n`)
    return
  }
  process.exitCode = exitCode.internal
  const verbose = args.includes('--verbose')
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`crosswalk: internal error: ${neutralise(message)}
This is our fault, not yours. Please report it with the command line and, if you can, the document.
`)
  if (verbose && error instanceof Error) process.stderr.write(`${(error.stack ?? '').split('\n').map(neutralise).join('\n')}\n`)
  else process.stderr.write('--verbose shows where it happened.\n')
}

/** `crosswalk formats | head -1` closes our stdout early: no failure. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
