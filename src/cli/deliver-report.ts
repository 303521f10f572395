import path from 'node:path'
import { createDiagnosticLog } from '../diagnostics/diagnostic-log.js'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Artifact } from '../emitters/artifact.js'
import type { AnalysisReport } from '../reports/analysis-report.js'
import { reportArtifacts } from '../reports/report-artifacts.js'
import { renderReportText } from '../reports/render-report-text.js'
import type { World } from '../world.js'
import { writeArtifact } from '../write-artifact.js'
import { describeCounts } from './describe-counts.js'
import { formatSize } from './format-size.js'
import { openWorld } from './open-world.js'
import type { DeliveryOptions } from './options/delivery-options.js'
import type { ReadingOptions } from './options/reading-options.js'
import type { ReportOptions } from './options/report-options.js'
import { renderTable } from './render-table.js'
import { resultPalette, resultUnicode, resultWidth } from './result-surroundings.js'
import type { Terminal } from './terminal.js'

/** What an analysis delivers: its report, and its layers where it has them. */
export interface Delivery {
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
    for (const artifact of artifacts) await writeArtifact(artifact, '', {}, printingWorld(terminal), log.report)
    return log.entries
  }
  const target = planTarget(output ?? usualFolder, artifacts, `${analysis.baseName}.${analysis.kind}`)
  const world = openWorld({ output: target.folder }, terminal)
  const lines: string[][] = []
  for (const artifact of target.artifacts) {
    const written = await writeArtifact(artifact, '', {}, world, log.report)
    if (written) lines.push([path.join(target.folder, written.name), formatSize(written.size), describeCounts(written.counts)])
  }
  if (options.quiet !== true) terminal.printResult(renderTable(lines, new Set([1])))
  return log.entries
}

/** A world whose only file is stdout. */
function printingWorld(terminal: Terminal): World {
  return {
    readDocuments: async () => [],
    async writeArtifact(_path, bytes) {
      terminal.printResult(new TextDecoder().decode(bytes))
      return { sha256: '', size: bytes.byteLength }
    },
    readFormer: async () => ({ artefacts: [], sources: [] }),
    removeArtifact: async () => undefined,
  }
}

/**
 * Where artefacts go: below a folder, or, where `output` ends as the artefacts' names do, to that file; several then keep what
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
