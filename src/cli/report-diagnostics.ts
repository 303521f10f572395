import { type Command, Option } from 'commander'
import { countSeverities, summariseCounts } from '../diagnostics/counts-in-words.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type Palette, plainPalette } from '../diagnostics/reporters/terminal-text.js'
import { decodeCharacters } from '../formats/decode-characters.js'
import { decodeText } from '../formats/decode-text.js'
import type { DocumentFile } from '../formats/decoded.js'
import { isGzip } from '../formats/gzip.js'
import { sniffTree } from '../formats/sniff-container.js'
import { tool } from '../model/tool.js'
import type { Terminal } from './terminal.js'
import { exitCode, UsageError } from './usage.js'

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

/**
 * Tells diagnostics the way the user wants: on stderr, or in a file and their number on stderr. `files` are those that were
 * read, for paths and source lines.
 */
export async function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: readonly DocumentFile[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<void> {
  const { reportFile, quiet = false } = options
  if (reportFile === undefined) {
    terminal.printMessage(await render(diagnostics, files, options, terminal.palette))
    return
  }
  await writeReport(reportFile, await render(diagnostics, files, { ...options, verbose: true, quiet: false }, plainPalette))
  const summary = summariseCounts(countSeverities(diagnostics))
  if (summary !== undefined && !quiet) terminal.printMessage(`${summary}: see ${reportFile}\n`)
}

async function render(
  diagnostics: readonly Diagnostic[],
  files: readonly DocumentFile[],
  { report, verbose = false, quiet = false }: ReportOptions,
  palette: Palette,
): Promise<string> {
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  if (report === 'json') return (await import('../diagnostics/reporters/report-json.js')).reportJson(diagnostics, paths)
  if (report === 'sarif') return (await import('../diagnostics/reporters/report-sarif.js')).reportSarif(diagnostics, tool, paths)
  const { reportText } = await import('../diagnostics/reporters/report-text.js')
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics
  return reportText(shown, { palette, paths, verbose, findLine: createLineFinder(files) })
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFileAtomically } = await import('../io/files.js')
  try {
    await writeFileAtomically(file, new TextEncoder().encode(text))
  } catch (error) {
    throw new UsageError(`--report-file ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What a target format could not carry, or only changed. */
const losses: ReadonlySet<string> = new Set(['emit/not-representable', 'emit/text-adjusted'])

/** 1 when there is an error, or what `--fail-on` names; 2 and 3 are none of a diagnostic's business. */
export function chooseExitCode(diagnostics: readonly Diagnostic[], failOn: ReportOptions['failOn']): number {
  const fails = diagnostics.some(({ severity, code }) =>
    severity === 'error' || (failOn === 'warning' && severity === 'warning') || (failOn === 'loss' && losses.has(code)))
  return fails ? exitCode.inputErrors : exitCode.done
}

/** A line of a document (from 1), as its decoder counts lines; undefined where there is none. */
type FindLine = (document: string, line: number) => string | undefined

/** Finds source lines for messages. A document is split when its first line is asked for, and once. */
export function createLineFinder(files: readonly DocumentFile[]): FindLine {
  const byName = new Map(files.map((file) => [file.name, file]))
  const split = new Map<string, readonly string[]>()
  return (document, line) => {
    const file = byName.get(document)
    if (!file) return undefined
    let lines = split.get(document)
    if (!lines) {
      lines = splitLines(file)
      split.set(document, lines)
    }
    return lines[line - 1]
  }
}

function splitLines(file: DocumentFile): readonly string[] {
  // What is packed has no lines to show; unpacking it again is not worth an excerpt.
  if (isGzip(file.bytes)) return []
  // JSON and YAML know fewer line ends than Unicode has.
  if (sniffTree(file) !== undefined) return decodeCharacters(file, silent).split(/\r\n|[\n\r]/)
  return decodeText(file, silent)?.lines ?? []
}

/** What is wrong with the document has been reported when it was read. */
function silent(): void {}
