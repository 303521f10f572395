import { Option, type Command } from 'commander'

/** The values of the options that say what the user is told, and how. */
export interface ReportOptions {
  readonly report: 'text' | 'json' | 'sarif'
  readonly reportFile?: string
  readonly failOn: 'error' | 'warning' | 'loss'
  readonly quiet?: boolean
  readonly verbose?: boolean
  /** False with --no-color. */
  readonly color: boolean
}

const heading = 'Messages:'

/** Adds the options that say what the user is told, and how. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(createOption('--report <form>', 'the form of the diagnostics on stderr')
      .choices(['text', 'json', 'sarif']).default('text'))
    .addOption(createOption('--report-file <file>', 'write the diagnostics there instead'))
    .addOption(createOption('--fail-on <level>', 'what makes the exit code 1: errors; warnings too; or losses of a format')
      .choices(['error', 'warning', 'loss']).default('error'))
    .addOption(createOption('-q, --quiet', 'print errors only').conflicts('verbose'))
    .addOption(createOption('-v, --verbose', 'print every diagnostic, and more detail'))
    .addOption(createOption('--no-color', 'no colours (as NO_COLOR does; FORCE_COLOR has them in pipes too)'))
}

function createOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup(heading)
}
