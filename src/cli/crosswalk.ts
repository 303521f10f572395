import { Command, CommanderError } from 'commander'
import { neutralise } from '../diagnostics/reporters/terminal-text.js'
import { tool } from '../model/tool.js'
import { commandList } from './command-list.js'
import { exitCode, UsageError, withExamples } from './usage.js'

/** Runs the command line. Never rejects: errors go to stderr and `process.exitCode`. scripts/launcher.mjs calls it. */
export async function main(args: readonly string[]): Promise<void> {
  watchOutput()
  process.on('uncaughtException', (error) => fail(error, args))
  try {
    if (args.length === 0) {
      process.stderr.write(introduce())
      process.exitCode = exitCode.usage
      return
    }
    const words = await forgive(args)
    const program = await createProgram(words)
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    fail(error, args)
  }
}

function fail(error: unknown, args: readonly string[]): void {
  if (error instanceof CommanderError) {
    // Already printed by Commander. Help and version are "errors" with exit code 0.
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
This is a bug in Crosswalk. Please report it with the command line and, if possible, the document.
`)
  if (verbose && error instanceof Error) process.stderr.write(`${(error.stack ?? '').split('\n').map(neutralise).join('\n')}\n`)
  else process.stderr.write('Run with --verbose to see the stack trace.\n')
}

/**
 * Ends quietly when a reader stops reading (`crosswalk formats | head -1`). Any other failure, such as a full disk, is an error: it is
 * printed once, and no command that ends afterwards changes the exit code back.
 */
function watchOutput(): void {
  let failed = false
  for (const [name, stream] of [['standard output', process.stdout], ['standard error', process.stderr]] as const) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || failed) return
      failed = true
      if (stream === process.stdout) process.stderr.write(`error: ${name} could not be written: ${error.message}\n`)
    })
  }
  process.on('exit', () => {
    if (failed) process.exitCode = exitCode.inputErrors
  })
}

/** The text that is printed without arguments. */
function introduce(): string {
  return `Usage: crosswalk COMMAND [options]

Reads mappings of security capabilities to MITRE ATT&CK; writes HTML reports,
Navigator layers, STIX, CSV and Excel. To begin:

  $ crosswalk convert page.txt               writes all of these to output/
  $ crosswalk convert page.txt -o page.html  writes one file
  $ crosswalk inspect page.txt               shows how a document is read

crosswalk --help lists all commands.
`
}

/**
 * The command line with `help COMMAND` written as `COMMAND --help`. Throws UsageError for commands that do not exist, with the likely
 * one: that of the same name, or `convert` for what is a file, a folder or an address.
 */
async function forgive(args: readonly string[]): Promise<readonly string[]> {
  const [first = '', second, third] = args
  const names = [...commandList.map(({ name }) => name), 'help']
  if (first === 'help' && second !== undefined && !second.startsWith('-')) {
    await checkCommand(second, names)
    if (third === undefined || third.startsWith('-')) return [second, '--help']
    const command = await commandList.find(({ name }) => name === second)?.load()
    await checkCommand(third, command?.commands.map((child) => child.name()) ?? [], `${second} `)
    return [second, third, '--help']
  }
  if (names.includes(first) || (first.startsWith('-') && first !== '-')) return args
  if (first === '-' || /[./\\*]/.test(first) || await (await import('../io/files.js')).fileExists(first)) {
    const typed = args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ')
    throw new UsageError(`"${first}" is not a command. To convert it: crosswalk convert ${typed}`)
  }
  await checkCommand(first, names)
  return args
}

/** Throws UsageError, with the nearest command, if there is no such command. */
async function checkCommand(word: string, names: readonly string[], above = ''): Promise<void> {
  if (names.includes(word)) return
  const { describeUnknown } = await import('../library/request-error.js')
  throw new UsageError(names.length === 0 ? `${above.trim()} has no commands: crosswalk help ${above.trim()}`
    : describeUnknown('command', word, names))
}

/** Creates the program for a command line: loads the command that it names; the others are only listed in the help. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('crosswalk')
    .description('Converts mappings of security capabilities to MITRE ATT&CK into Navigator layers, STIX, CSV and Excel.')
    .version(tool.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .exitOverride()
    .configureHelp({ helpWidth: helpWidth() })
  withExamples(program, [
    'crosswalk convert page.txt',
    'crosswalk convert downloads/ --combine --output report.html',
    'crosswalk inspect downloads/ --format json',
  ])

  const [requested] = args
  for (const entry of commandList) {
    const command = entry.name === requested ? await entry.load() : new Command(entry.name).usage(entry.args)
    if (command.summary() === '') command.summary(entry.summary)
    program.addCommand(command)
  }
  for (const command of program.commands) inheritSettings(command, program)
  return program
}

function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  command.configureOutput({
    outputError(message, write) {
      write(message)
      if (message.includes('missing required argument')) write(`Usage: ${pathOf(command)} ${command.usage()}\n`)
    },
  })
  for (const child of command.commands) inheritSettings(child, command)
}

/** "crosswalk attack show". */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

/** Width of the terminal, at most 110 columns; 100 columns in pipes, so that the output is the same everywhere. */
function helpWidth(): number {
  return process.stdout.isTTY ? Math.min(process.stdout.columns, 110) : 100
}
