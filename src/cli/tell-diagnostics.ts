import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { countSeverities, summariseCounts } from '../diagnostics/reporters/severity-counts.js'
import { plainPalette, type Palette } from '../diagnostics/reporters/palette.js'
import type { DocumentFile } from '../formats/decoded.js'
import { tool } from '../tool.js'
import { createLineFinder } from './create-line-finder.js'
import type { ReportOptions } from './options/report-options.js'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/**
 * Tells diagnostics the way the user wants: on stderr, or in a file and their number on stderr. `files` are those that were
 * read, for paths and source lines.
 */
export async function tellDiagnostics(
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
  const { writeFileAtomically } = await import('../io/write-file-atomically.js')
  try {
    await writeFileAtomically(file, new TextEncoder().encode(text))
  } catch (error) {
    throw new UsageError(`--report-file ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
