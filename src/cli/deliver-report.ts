import path from 'node:path'
import { type Command, Option } from 'commander'
import type { AnalysisReport } from '../analyses/report/analysis-report.js'
import { renderReportText } from '../analyses/report/render-report-text.js'
import { reportArtifacts, type reportFormats } from '../analyses/report/report-artifacts.js'
import { createDiagnosticLog, type Diagnostic, type Report } from '../diagnostics/diagnostic.js'
import type { Artifact } from '../emitters/emitter.js'
import { asMade } from '../pipeline/emit-job.js'
import { collectContent, type Host } from '../pipeline/host.js'
import { writeArtifact } from '../pipeline/write.js'
import { openHost, type ReadingOptions } from './reading.js'
import { describeCounts, formatSize, renderFiles, resultPalette, resultUnicode, resultWidth, type Terminal } from './terminal.js'
import type { ReportOptions } from './report-diagnostics.js'

/** Output formats of an analysis: those of reports and, for some analyses, a Navigator layer and an HTML report. */
type DeliveryFormat = (typeof reportFormats)[number] | 'layer' | 'html'

/** Values of the options added by `addDeliveryOptions`. */
export interface DeliveryOptions {
  readonly format: DeliveryFormat
  readonly output?: string
  readonly overwrite?: boolean
}

/** Adds the options for the format of an analysis and where it is written. */
export function addDeliveryOptions(command: Command, formats: readonly DeliveryFormat[]): Command {
  return command
    .addOption(new Option('--format <format>', 'output format: text and json are printed, the others are written to files')
      .choices(formats).default('text'))
    .option('-o, --output <path>', 'output folder (default file names) or output file (default: print, or write to output/)')
    .option('--overwrite', 'also overwrite files that exist and have other content')
}

/** Results of an analysis: a report, and layers and a page if it has any. */
interface Delivery {
  readonly analysis: AnalysisReport
  readonly layers?: (report: Report) => readonly Artifact[]
  readonly page?: (report: Report) => Promise<readonly Artifact[]>
}

const defaultFolder = 'output'
/** Maximum number of rows of a printed table. */
const mostRows = 40

/**
 * Prints a report or writes its files: text and JSON go to stdout unless `--output` is given. Files are validated with their schemas and
 * written atomically; those that exist with other content are kept unless `--overwrite` is given, since no manifest says whose they are.
 * Returns the diagnostics.
 */
export async function deliverReport(
  { analysis, layers, page }: Delivery,
  options: DeliveryOptions & ReadingOptions & ReportOptions,
  terminal: Terminal,
): Promise<readonly Diagnostic[]> {
  const { format, output, verbose = false } = options
  const log = createDiagnosticLog()
  if (format === 'text' && output === undefined) {
    const limits = verbose ? {} : { mostRows, moreHint: '--verbose prints all, --format csv writes all' }
    const look = { width: resultWidth(), palette: resultPalette(options.color), unicode: resultUnicode(), ...limits }
    terminal.printResult(renderReportText(analysis, look))
    return log.entries
  }
  const artifacts = format === 'layer' ? (layers?.(log.report) ?? [])
    : format === 'html' ? (await page?.(log.report) ?? []) : reportArtifacts(analysis, format, log.report)
  if (format === 'json' && output === undefined) {
    for (const artifact of artifacts) await writeArtifact(asMade(artifact), '', printingHost(terminal), log.report)
    return log.entries
  }
  const target = planTarget(output ?? defaultFolder, artifacts, `${analysis.baseName}.${analysis.kind}`)
  const host = await openHost({ output: target.folder, overwrite: options.overwrite ?? false }, terminal)
  const rows: string[][] = []
  for (const artifact of target.artifacts) {
    const written = await writeArtifact(asMade(artifact), '', host, log.report)
    if (written) rows.push([path.join(target.folder, written.name), formatSize(written.size), describeCounts(written.counts)])
  }
  if (options.quiet !== true) terminal.printResult(renderFiles(rows, new Set([1])))
  return log.entries
}

/** A host that writes every artifact to stdout. */
function printingHost(terminal: Terminal): Host {
  return {
    readDocuments: async () => [],
    async writeArtifact(_path, content) {
      const bytes = await collectContent(content)
      terminal.printResult(new TextDecoder().decode(bytes))
      return { sha256: '', size: bytes.byteLength }
    },
    readFormer: async () => ({ artifacts: [], sources: [] }),
    removeArtifact: async () => undefined,
  }
}

/**
 * Decides where artifacts go: to a folder, or to a file if `output` has the extension of the artifacts. Several artifacts then keep the
 * part of their names that distinguishes them ("x.csv": "x.added-rows.csv").
 */
function planTarget(
  output: string, artifacts: readonly Artifact[], base: string,
): { readonly folder: string; readonly artifacts: readonly Artifact[] } {
  const extension = path.extname(artifacts[0]?.name ?? '')
  const isFile = extension !== '' && output.toLowerCase().endsWith(extension) && !/[/\\]$/.test(output)
  if (!isFile) return { folder: output, artifacts }
  const file = path.basename(output)
  const stem = file.slice(0, -extension.length)
  return {
    folder: path.dirname(output),
    artifacts: artifacts.map((artifact) =>
      ({ ...artifact, name: artifacts.length === 1 ? file : renameFile(artifact.name, base, stem) })),
  }
}

function renameFile(name: string, base: string, stem: string): string {
  return name.startsWith(base) ? `${stem}${name.slice(base.length)}` : `${stem}.${name}`
}
