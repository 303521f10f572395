import { createDiagnosticLog, type DiagnosticLog, type Report } from '../../diagnostics/diagnostic.js'
import type { WorkbookSupplement } from '../../emitters/xlsx/workbook.js'
import type { DocumentFile } from '../../formats/decoded.js'
import { understand } from '../../pipeline/convert.js'
import { emitArtifacts, type EmittedArtifact, nameSets } from '../../pipeline/emit.js'
import type { Host } from '../../pipeline/host.js'
import type { ReadDocument } from '../../pipeline/manifest.js'
import type { ConvertReport, ConvertRequest, PlacedSet, Understanding } from '../../pipeline/requests.js'
import { writeArtifacts } from '../../pipeline/write.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import { reportSheets } from '../report/build-report-workbook.js'
import { reportArtifacts } from '../report/report-artifacts.js'
import { findCandidates } from './find-candidates.js'
import { matchDecisions, readDecisions } from './read-decisions.js'
import { type DecidedRow, isOpen } from './row-change.js'
import { upgradeLayer } from './upgrade-layer.js'
import { reportUpgrade } from './upgrade-report.js'
import { isSigned } from './upgrade-row.js'
import { type UpgradedSet, upgradeSet } from './upgrade-set.js'

/** What to upgrade, to which release, and what to write. */
interface UpgradeRequest extends ConvertRequest {
  /** The ATT&CK release, as people write it: "18.1", "18". */
  readonly to: string
  /** Change reports of earlier runs in which a reviewer decided about rows: CSV, JSON or workbooks. */
  readonly decisions?: readonly DocumentFile[]
}

/** A set that was upgraded, and its change report. */
interface Upgrade extends PlacedSet {
  readonly upgraded: UpgradedSet
  readonly analysis: AnalysisReport
}

/** What an upgrade did. `sets` are those before. */
export interface UpgradeReport extends ConvertReport {
  readonly upgrades: readonly Upgrade[]
  /** The change reports with decisions, each with how many: sources, as the documents are. */
  readonly decisions: readonly ReadDocument[]
}

/**
 * The formats of change reports that are always written. Text is for terminals; the workbook of the set holds the report as
 * sheets.
 */
const reportForms = ['json', 'csv'] as const

/**
 * Documents in; the sets that they hold, brought to another ATT&CK release, and what became of every row, out. Nothing is written
 * where a decision can't be understood: the file that holds it may well be one that would be written anew.
 */
export async function upgrade(request: UpgradeRequest, host: Host): Promise<UpgradeReport> {
  const understanding = await understand(request, host)
  const log = createDiagnosticLog(understanding.diagnostics)
  const files = request.decisions ?? []
  const read = await Promise.all(files.map(async (file) => ({ file, decided: await readDecisions(file, log.report) })))
  const upgrades = upgradeAll(understanding, request.to, read.flatMap(({ decided }) => decided ?? []), log)
  const decisions = read.map(({ file, decided }) => ({ file, rows: decided?.length ?? 0 }))

  const isRefused = read.some(({ decided }) => !decided) || log.entries.some(({ code }) => code === 'upgrade/unknown-decision')
  const sources = [...understanding.documents, ...understanding.catalog, ...decisions]
  const planned = upgrades.length * (request.emitters.length + reportForms.length)
  const emitted = emitUpgrades(upgrades, understanding, request, log, host)
  const artifacts = isRefused ? [] : await writeArtifacts(emitted, sources, planned, host, log)
  return { ...understanding, diagnostics: log.entries, upgrades, artifacts, decisions }
}

function upgradeAll(
  { sets, attack }: Understanding, to: string, decided: readonly DecidedRow[], { report }: DiagnosticLog,
): readonly Upgrade[] {
  const decisions = matchDecisions(decided, sets.map(({ set }) => set), to, attack, report)
  const placed = sets.flatMap(({ folder, set }) => {
    const upgraded = upgradeSet(set, to, attack, decisions)
    if (upgraded) return [{ folder, set: upgraded.set, upgraded }]
    const [origin] = set.mappings[0]?.origins ?? []
    report('upgrade/unknown-release', {
      found: to,
      expected: `one of ${attack.versions(set.attack.domain).join(', ')} (${set.attack.domain})`,
      ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
    })
    return []
  })
  const names = nameSets(placed)
  return placed.map(({ folder, set, upgraded }) => {
    const baseName = names.get(set) ?? ''
    const open = upgraded.changes.filter(isOpen)
    const [origin] = open[0]?.before.origins ?? []
    if (open.length > 0) {
      report('upgrade/rows-wait', { count: open.length, subject: baseName, ...(origin && { origin }) })
    }
    const withdrawn = upgraded.changes.filter(({ before, after }) => after && isSigned(before) && !isSigned(after))
    const [signed] = withdrawn[0]?.before.origins ?? []
    if (signed) report('upgrade/verdicts-withdrawn', { count: withdrawn.length, subject: baseName, origin: signed })
    return { folder, set, upgraded, analysis: reportUpgrade(upgraded, findCandidates(upgraded), baseName) }
  })
}

/** The upgraded sets by the emitters asked for, then their change reports and layers. */
async function* emitUpgrades(
  upgrades: readonly Upgrade[], { attack }: Understanding, request: UpgradeRequest, log: DiagnosticLog, host: Host,
): AsyncGenerator<EmittedArtifact> {
  const supplements = new Map(request.emitters.includes('xlsx')
    ? upgrades.map(({ set, analysis }) => [set, upgradeSupplement(analysis, log.report)]) : [])
  yield* emitArtifacts({ attack, sets: upgrades }, request, log, {
    supplements, ...(host.openRasteriser && { openRasteriser: host.openRasteriser }),
  })
  for (const { folder, upgraded, analysis } of upgrades) {
    const reports = reportForms.flatMap((format) => reportArtifacts(analysis, format, log.report))
    const layer = upgradeLayer(upgraded, findCandidates(upgraded), analysis, log.report)
    for (const artifact of [...reports, layer]) yield { artifact, folder, options: {} }
  }
}

/** The change report as sheets of the upgraded set's workbook, so that an auditor has one workbook. */
export function upgradeSupplement(analysis: AnalysisReport, report: Report): WorkbookSupplement {
  const abouts = new Map(analysis.tables.map(({ title, about }) => [title, about]))
  return {
    sheets: reportSheets(analysis, report).map((sheet) => ({ sheet, about: abouts.get(sheet.name) ?? analysis.title })),
    words: analysis.legend,
  }
}
