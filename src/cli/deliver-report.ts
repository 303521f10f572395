import path from 'node:path'
import { type Command, Option } from 'commander'
import type { AnalysisReport } from '../analyses/report/analysis-report.js'
import { renderReportText } from '../analyses/report/render-report-text.js'
import { reportArtifacts, type reportFormats } from '../analyses/report/report-artifacts.js'
import { createDiagnosticLog, type Diagnostic, type Report } from '../diagnostics/diagnostic.js'
import type { Artifact } from '../emitters/emitter.js'
import type { Host } from '../pipeline/host.js'
import { writeArtifact } from '../pipeline/write.js'
import { openHost, type ReadingOptions } from './reading.js'
import { describeCounts, formatSize, renderTable } from './render-table.js'
import type { ReportOptions } from './report-diagnostics.js'
import { resultPalette, resultUnicode, resultWidth, type Terminal } from './terminal.js'

/** The forms of an analysis: a report's, and for some a Navigator layer. */
type DeliveryFormat = (typeof reportFormats)[number] | 'layer'

/** The values of the options that say where the results of an analysis go. */
export interface DeliveryOptions {
  readonly format: DeliveryFormat
  readonly output?: string
}

/** Adds the options that say which form the results of an analysis take, and where they go. */
export function addDeliveryOptions(command: Command, formats: readonly DeliveryFormat[]): Command {
  return command
    .addOption(new Option('--format <form>', 'the form of the results: text and json are printed, the others are files')
      .choices(formats).default('text'))
    .option('-o, --output <path>', 'a folder for files with names of ours, or the file to write (default: print, or output/)')
}

/** What an analysis delivers: its report, and its layers where it has them. */
interface Delivery {
  readonly analysis: AnalysisReport
  readonly layers?: (report: Report) => readonly Artifact[]
}

const usualFolder = 'output'
/** The most rows of a table on a terminal. */
const mostRows = 40

/**
 * Prints a report or writes its files, as the options say: text and JSON to stdout unless `--output` names a place. Every file
 * is judged by its schema and written whole. Returns what there is to tell.
 */
export async function deliverReport(
  { analysis, layers }: Delivery,
  options: DeliveryOptions & ReadingOptions & ReportOptions,
  terminal: Terminal,
): Promise<readonly Diagnostic[]> {
  const { format, output, verbose = false } = options
  const log = createDiagnosticLog()
  if (format === 'text' && output === undefined) {
    const rows = verbose ? {} : { mostRows, moreHint: '--verbose shows all, --format csv writes all' }
    const look = { width: resultWidth(), palette: resultPalette(options.color), unicode: resultUnicode(), ...rows }
    terminal.printResult(renderReportText(analysis, look))
    return log.entries
  }
  const artifacts = format === 'layer' ? (layers?.(log.report) ?? []) : reportArtifacts(analysis, format, log.report)
  if (format === 'json' && output === undefined) {
    for (const artifact of artifacts) await writeArtifact(artifact, '', {}, printingHost(terminal), log.report)
    return log.entries
  }
  const target = planTarget(output ?? usualFolder, artifacts, `${analysis.baseName}.${analysis.kind}`)
  const host = openHost({ output: target.folder }, terminal)
  const lines: string[][] = []
  for (const artifact of target.artifacts) {
    const written = await writeArtifact(artifact, '', {}, host, log.report)
    if (written) lines.push([path.join(target.folder, written.name), formatSize(written.size), describeCounts(written.counts)])
  }
  if (options.quiet !== true) terminal.printResult(renderTable(lines, new Set([1])))
  return log.entries
}

/** A host whose only file is stdout. */
function printingHost(terminal: Terminal): Host {
  return {
    readDocuments: async () => [],
    async writeArtifact(_path, bytes) {
      terminal.printResult(new TextDecoder().decode(bytes))
      return { sha256: '', size: bytes.byteLength }
    },
    readFormer: async () => ({ artifacts: [], sources: [] }),
    removeArtifact: async () => undefined,
  }
}

/**
 * Where artifacts go: below a folder, or, where `output` ends as the artifacts' names do, to that file; several then keep what
 * tells them apart ("x.csv": "x.added-rows.csv").
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
