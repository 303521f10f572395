import { type Command, Option } from 'commander'
import { countSeverities, summariseCounts } from '../diagnostics/counts-in-words.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type Palette, plainPalette } from '../diagnostics/reporters/terminal-text.js'
import { decodeCharacters } from '../formats/decode-characters.js'
import { decodeText } from '../formats/decode-characters.js'
import type { DocumentFile } from '../formats/decoded.js'
import { decodeHead, detectContainer } from '../formats/detect-container.js'
import { isGzip } from '../formats/decode-document.js'
import { tool } from '../model/tool.js'
import type { Terminal } from './terminal.js'
import { exitCode, UsageError } from './usage.js'

/** Values of the options added by `addReportOptions`. */
export interface ReportOptions {
  readonly report: 'text' | 'json' | 'sarif'
  readonly reportFile?: string
  readonly failOn: 'error' | 'warning' | 'loss'
  readonly quiet?: boolean
  readonly verbose?: boolean
  /** False with --no-color. */
  readonly color: boolean
}

/** How a command uses documents: one that writes nothing prints no notes that only matter to who writes. */
type Use = 'reads' | 'writes'

/** Codes of such notes. JSON and SARIF have them. */
const forWriters: ReadonlySet<string> = new Set(['normalise/whitespace'])

const heading = 'Diagnostics:'

/** Adds the options for diagnostics and the exit code. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(createOption('--report <format>', 'format of the diagnostics on stderr')
      .choices(['text', 'json', 'sarif']).default('text'))
    .addOption(createOption('--report-file <file>', 'write the diagnostics to this file instead of stderr'))
    .addOption(createOption('--fail-on <level>', 'exit with 1 on errors only, also on warnings, or also on losses of an output format')
      .choices(['error', 'warning', 'loss']).default('error'))
    .addOption(createOption('-q, --quiet', 'print errors only').conflicts('verbose'))
    .addOption(createOption('-v, --verbose', 'print every diagnostic, with more detail'))
    .addOption(createOption('--no-color', 'disable colours (like NO_COLOR; FORCE_COLOR enables them in pipes too)'))
}

function createOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup(heading)
}

/**
 * Prints diagnostics to stderr, or writes them to `--report-file` and prints a summary. `files`: the files that were read, for paths and
 * source lines. Throws UsageError if the file cannot be written.
 */
export async function reportDiagnostics(
  reported: readonly Diagnostic[],
  files: readonly DocumentFile[],
  options: ReportOptions,
  terminal: Terminal,
  use: Use = 'writes',
): Promise<void> {
  const { reportFile, quiet = false } = options
  const isText = options.report === 'text'
  const wanted = use === 'reads' ? reported.filter(({ code }) => !forWriters.has(code)) : reported
  const diagnostics = isText ? joinRepeated(wanted) : reported
  if (reportFile === undefined) {
    terminal.printMessage(await render(diagnostics, files, options, terminal.palette))
    return
  }
  await writeReport(reportFile, await render(diagnostics, files, { ...options, verbose: true, quiet: false }, plainPalette))
  const summary = summariseCounts(countSeverities(diagnostics))
  if (summary !== undefined && !quiet) terminal.printMessage(`${summary}: see ${reportFile}\n`)
}

/** Codes of notes about each mapping set that one option settles for all. */
const saidOnce: ReadonlySet<string> = new Set(['check/release-assumed', 'normalise/domain-inferred'])
/** Documents that a joined note names. */
const maxNames = 5

/** Joins notes that differ in the set alone: one note, in the place of the first, with the documents and the sum of the counts. */
function joinRepeated(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const key = saidOnce.has(diagnostic.code) ? `${diagnostic.code} ${diagnostic.message}` : ''
    const group = groups.get(key)
    if (group) group.push(diagnostic)
    else groups.set(key, [diagnostic])
  }
  groups.delete('')
  const joined = new Map([...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [[first, joinGroup(first, group)] as const] : []
  }))
  return diagnostics.flatMap((diagnostic) => (saidOnce.has(diagnostic.code) ? joined.get(diagnostic) ?? [] : diagnostic))
}

function joinGroup(first: Diagnostic, group: readonly Diagnostic[]): Diagnostic {
  if (group.length === 1) return first
  const count = group.reduce((sum, diagnostic) => sum + (diagnostic.count ?? 1), 0)
  const names = [...new Set(group.flatMap(({ origin }) => origin?.document ?? []))]
  if (names.length <= 1) return { ...first, count }
  const { origin: _, subject: _subject, ...rest } = first
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : ''
  return { ...rest, count, found: `${names.slice(0, maxNames).join(', ')}${more}` }
}

async function render(
  diagnostics: readonly Diagnostic[],
  files: readonly DocumentFile[],
  { report, verbose = false, quiet = false, failOn }: ReportOptions,
  palette: Palette,
): Promise<string> {
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  if (report === 'json') return (await import('../diagnostics/reporters/report-json.js')).reportJson(diagnostics, paths)
  if (report === 'sarif') return (await import('../diagnostics/reporters/report-sarif.js')).reportSarif(diagnostics, tool, paths)
  const { reportText } = await import('../diagnostics/reporters/report-text.js')
  const isImportant = ({ code }: Diagnostic): boolean => failOn === 'loss' && losses.has(code)
  return reportText(diagnostics, { palette, paths, verbose, quiet, isImportant, findLine: createLineFinder(files) })
}

async function writeReport(file: string, text: string): Promise<void> {
  const [{ explainFailure }, { writeFileAtomically }] = await Promise.all([import('../io/files.js'), import('../io/write-files.js')])
  try {
    await writeFileAtomically(file, new TextEncoder().encode(text))
  } catch (error) {
    throw new UsageError(`--report-file ${file} could not be written: ${explainFailure(error)}`)
  }
}

/** Codes of diagnostics about information that an output format lost or changed. */
const losses: ReadonlySet<string> = new Set(['emit/not-representable', 'emit/text-adjusted'])

const ownFaults: ReadonlySet<string> = new Set(['parse/unaccounted', 'verify/own-artifact'])

/** Exit code for diagnostics: 3 if one is about a fault of ours, 1 if there is an error or what `--fail-on` names, else 0. */
export function chooseExitCode(diagnostics: readonly Diagnostic[], failOn: ReportOptions['failOn']): number {
  if (diagnostics.some(({ code }) => ownFaults.has(code))) return exitCode.internal
  const fails = diagnostics.some(({ severity, code }) =>
    severity === 'error' || (failOn === 'warning' && severity === 'warning') || (failOn === 'loss' && losses.has(code)))
  return fails ? exitCode.inputErrors : exitCode.done
}

/** Text of a document's line (from 1), as its decoder counts lines; undefined if there is none. */
type FindLine = (document: string, line: number) => string | undefined

/** Creates the function that finds source lines for diagnostics. Documents are split on first use. */
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
  // Compressed files are not unpacked again just for an excerpt.
  if (isGzip(file.bytes)) return []
  const head = decodeHead(file.bytes)
  const { container } = detectContainer(file, head)
  if (container === 'none' || container === 'workbook') return []
  const { text } = decodeCharacters(file, head.encoding, 'replacement', silent)
  // JSON, YAML and TOML have fewer line ends than Unicode.
  if (container === 'json' || container === 'yaml' || container === 'toml') return text.split(/\r\n|[\n\r]/)
  return decodeText(file, text, silent)?.lines ?? []
}

/** Problems of the document were reported when it was read. */
function silent(): void {}
