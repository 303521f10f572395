import { createDiagnosticLog, type DiagnosticLog } from '../../diagnostics/diagnostic.js'
import type { DocumentFile } from '../../formats/decoded.js'
import { chooseLimits } from '../../formats/limits.js'
import type { PlacedSet } from '../../model/mapping-set.js'
import { understand } from '../../pipeline/convert.js'
import { asMade } from '../../pipeline/emit-job.js'
import { documentNames, emitArtifacts, type EmittedArtifact, findTaken, nameSets } from '../../pipeline/emit.js'
import type { Host } from '../../pipeline/host.js'
import type { Former, ReadDocument } from '../../pipeline/manifest.js'
import type { ConvertReport, ConvertRequest, Understanding } from '../../pipeline/requests.js'
import { openOutput, writeArtifacts } from '../../pipeline/write.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import { reportArtifacts } from '../report/report-artifacts.js'
import { type Candidate, findCandidates, type UpgradedSet, upgradeSet } from './upgrade-set.js'
import { matchDecisions, readDecisions } from './read-decisions.js'
import { type DecidedRow, isOpen } from './row-change.js'
import { reportUpgrade, upgradeLayer } from './upgrade-report.js'
import { isSigned, type OnDuplicate } from './upgrade-row.js'

/** The inputs, target release and outputs of an upgrade. */
interface UpgradeRequest extends ConvertRequest {
  /** The ATT&CK version: "18.1", or "18" for the newest 18.x. */
  readonly to: string
  /** Change reports of earlier runs, with a reviewer's decisions: CSV, JSON or workbooks. */
  readonly decisions?: readonly DocumentFile[]
  /** What to do with rows that become the same; `keep` by default. */
  readonly onDuplicate?: OnDuplicate
}

/** An upgraded set and its change report. */
interface Upgrade extends PlacedSet {
  readonly upgraded: UpgradedSet
  readonly candidates: readonly Candidate[]
  readonly analysis: AnalysisReport
}

/** The result of an upgrade. `sets` are the former sets. */
export interface UpgradeReport extends ConvertReport {
  readonly upgrades: readonly Upgrade[]
  /** The change reports with decisions, each with their number: sources of the run like the documents. */
  readonly decisions: readonly ReadDocument[]
}

/**
 * The formats of change reports that are always written. Text is for terminals; the workbook of the set contains the report as
 * sheets.
 */
const reportForms = ['json', 'csv'] as const

/**
 * Reads documents, upgrades their sets to another ATT&CK release, and writes the sets and their change reports. Writes nothing if a
 * decision is invalid, since the file that contains it may be one that the run would overwrite.
 */
export async function upgrade(request: UpgradeRequest, host: Host): Promise<UpgradeReport> {
  const understanding = await understand(request, host)
  const log = createDiagnosticLog(understanding.diagnostics)
  const files = request.decisions ?? []
  const read = await Promise.all(files.map(async (file) => ({ file, decided: await readDecisions(file, log.report, chooseLimits(host.limits)) })))
  const decisions = read.map(({ file, decided }) => ({ file, rows: decided?.length ?? 0 }))
  const sources = [...understanding.documents, ...understanding.catalog, ...decisions]
  const made = await openOutput(host, log, async (output) => {
    const { former } = output
    const upgrades = upgradeAll(understanding, request, read.flatMap(({ decided }) => decided ?? []), former, log)
    const isInvalid = read.some(({ decided }) => !decided) || log.entries.some(({ code }) => code === 'upgrade/unknown-decision')
    const planned = upgrades.length * (request.emitters.length + reportForms.length)
    const emitted = emitUpgrades(upgrades, understanding, request, log, { host, former })
    const prune = request.prune === true
    return { upgrades, artifacts: isInvalid ? [] : await writeArtifacts(emitted, sources, { ...output, planned, prune }, host, log) }
  })
  return { ...understanding, diagnostics: log.entries, ...made, decisions }
}

function upgradeAll(
  { sets, attack }: Understanding, { to, prune, onDuplicate = 'keep' }: UpgradeRequest, decided: readonly DecidedRow[], former: Former,
  { report }: DiagnosticLog,
): readonly Upgrade[] {
  const decisions = matchDecisions(decided, sets.map(({ set }) => set), to, attack, report)
  const placed = sets.flatMap(({ folder, set }) => {
    const upgraded = upgradeSet(set, to, attack, decisions, onDuplicate)
    if (upgraded) return [{ folder, set: upgraded.set, upgraded }]
    const [origin] = set.mappings[0]?.origins ?? []
    report('upgrade/unknown-release', {
      found: to,
      expected: `one of ${attack.versions(set.attack.domain).join(', ')} (${set.attack.domain})`,
      ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
    })
    return []
  })
  const names = nameSets(placed, prune === true ? undefined : findTaken(former))
  return placed.map(({ folder, set, upgraded }) => {
    const baseName = names.get(set) ?? ''
    const open = upgraded.changes.filter(isOpen)
    const [origin] = open[0]?.before.origins ?? []
    if (open.length > 0) {
      report('upgrade/rows-wait', { count: open.length, subject: baseName, ...(origin && { origin }) })
    }
    const same = upgraded.changes.filter(({ sameAs, decision }) => sameAs !== undefined && decision === undefined)
    const [twin] = same[0]?.before.origins ?? []
    if (twin && onDuplicate !== 'keep') {
      report(onDuplicate === 'ask' ? 'upgrade/same-rows' : 'upgrade/not-merged', { count: same.length, subject: baseName, origin: twin })
    }
    const withdrawn = upgraded.changes.filter(({ before, after }) => after && after !== before && isSigned(before) && !isSigned(after))
    const [signed] = withdrawn[0]?.before.origins ?? []
    if (signed) report('upgrade/verdicts-withdrawn', { count: withdrawn.length, subject: baseName, origin: signed })
    const candidates = findCandidates(upgraded)
    return { folder, set, upgraded, candidates, analysis: reportUpgrade(upgraded, candidates, baseName) }
  })
}

/** Emits the upgraded sets with the requested emitters, then their change reports and layers. */
async function* emitUpgrades(
  upgrades: readonly Upgrade[], { attack }: Understanding, request: UpgradeRequest, log: DiagnosticLog,
  { host, former }: { readonly host: Host; readonly former: Former },
): AsyncGenerator<EmittedArtifact> {
  // The set's workbook contains the change report too, so that an auditor needs only one file.
  const extraTables = new Map(upgrades.map(({ set, analysis: { tables, legend } }) => [set, { tables, legend }]))
  yield* emitArtifacts({ attack, sets: upgrades }, request, log, {
    host, extraTables, former,
  })
  for (const { folder, set, upgraded, candidates, analysis } of upgrades) {
    const reports = reportForms.flatMap((format) => reportArtifacts(analysis, format, log.report))
    const layer = upgradeLayer(upgraded, candidates, analysis, log.report)
    for (const artifact of [...reports, layer]) yield { artifact: asMade(artifact), folder, documents: documentNames([set]) }
  }
}
