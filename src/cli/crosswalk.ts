#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { neutralise } from '../diagnostics/reporters/terminal-text.js'
import { tool } from '../model/tool.js'
import { commandList } from './command-list.js'
import { exitCode, UsageError, withExamples } from './usage.js'


await main(process.argv.slice(2))

/** Runs the command line. Never rejects: what goes wrong is told on stderr and in `process.exitCode`. */
async function main(args: readonly string[]): Promise<void> {
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

/** The program for one command line: the command that it names is loaded, the others are names in the help. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('crosswalk')
    .description('Reads mappings of security capabilities to MITRE ATT&CK; writes Navigator layers, STIX, CSV and Excel.')
    .version(tool.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .exitOverride()
    .configureHelp({ helpWidth: helpWidth() })
  withExamples(program, ['crosswalk convert page.txt', 'crosswalk inspect downloads/ --format json'])

  const wanted = args[0] === 'help' ? args[1] : args[0]
  for (const entry of commandList) {
    const command = entry.name === wanted ? await entry.load() : new Command(entry.name).usage(entry.args)
    if (command.summary() === '') command.summary(entry.summary)
    program.addCommand(command)
  }
  for (const command of program.commands) inheritSettings(command, program)
  return program
}

function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inheritSettings(child, command)
}

/** As wide as the terminal, up to a line that reads well; 100 columns when piped, whatever the machine. */
function helpWidth(): number {
  return process.stdout.isTTY ? Math.min(process.stdout.columns, 110) : 100
}
