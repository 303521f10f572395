import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { countSeverities, summariseCounts } from '../diagnostics/reporters/severity-counts.js'
import { plainPalette, type Palette } from '../diagnostics/reporters/palette.js'
import { tool } from '../tool.js'
import type { ReportOptions } from './options/report-options.js'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/** Tells diagnostics the way the user wants: on stderr, or in a file and their number on stderr. */
export async function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  paths: ReadonlyMap<string, string>,
  options: ReportOptions,
  terminal: Terminal,
): Promise<void> {
  const { reportFile, quiet = false } = options
  if (reportFile === undefined) {
    terminal.printMessage(await render(diagnostics, paths, options, terminal.palette))
    return
  }
  await writeReport(reportFile, await render(diagnostics, paths, { ...options, verbose: true, quiet: false }, plainPalette))
  const summary = summariseCounts(countSeverities(diagnostics))
  if (summary !== undefined && !quiet) terminal.printMessage(`${summary}: see ${reportFile}\n`)
}

async function render(
  diagnostics: readonly Diagnostic[],
  paths: ReadonlyMap<string, string>,
  { report, verbose = false, quiet = false }: ReportOptions,
  palette: Palette,
): Promise<string> {
  if (report === 'json') return (await import('../diagnostics/reporters/report-json.js')).reportJson(diagnostics, paths)
  if (report === 'sarif') return (await import('../diagnostics/reporters/report-sarif.js')).reportSarif(diagnostics, tool, paths)
  const { reportText } = await import('../diagnostics/reporters/report-text.js')
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics
  return reportText(shown, { palette, paths, verbose })
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFileAtomically } = await import('../io/write-file-atomically.js')
  try {
    await writeFileAtomically(file, new TextEncoder().encode(text))
  } catch (error) {
    throw new UsageError(`--report-file ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
