import { Command } from 'commander'
import { tool } from '../tool.js'
import { commandList } from './command-list.js'
import { withExamples } from './with-examples.js'

/** The program for one command line: the command that it names is loaded, the others are names in the help. */
export async function createProgram(args: readonly string[]): Promise<Command> {
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
