import { bridgeReport, choosePairs } from '../analyses/bridge/bridge-report.js'
import { type Bridge, bridgeSets } from '../analyses/bridge/bridge-sets.js'
import { coverageLayer } from '../analyses/coverage/coverage-layer.js'
import { coverageReport } from '../analyses/coverage/coverage-report.js'
import { type DescribedDiff, describeDiff } from '../analyses/diff/describe-diff.js'
import { diffPage } from '../analyses/diff/diff-page.js'
import { diffLayer, diffReport } from '../analyses/diff/diff-report.js'
import { diffSets, pairSets } from '../analyses/diff/diff-sets.js'
import type { AnalysisReport } from '../analyses/report/analysis-report.js'
import { reportArtifacts, type ReportFormat } from '../analyses/report/report-artifacts.js'
import { againstLayer } from '../emitters/navigator/against-layer.js'
import { reportLayerArtifact } from '../emitters/navigator/report-layer.js'
import { loadAttack } from '../attack/load-attack.js'
import { coverAgainst } from '../coverage/cover-against.js'
import { coverSet, labelSets } from '../coverage/cover-set.js'
import type { Threshold } from '../coverage/row-state.js'
import { type CoverageScopes, listScopes, uniteCoverage } from '../coverage/unite-coverage.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import type { Artifact } from '../emitters/emitter.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import { asMade } from '../pipeline/emit-job.js'
import { chooseAdversaries } from '../pipeline/choose-adversaries.js'
import { understand } from '../pipeline/convert.js'
import type { Host } from '../pipeline/host.js'
import type { ManifestArtifact } from '../pipeline/manifest.js'
import type { Understanding } from '../pipeline/requests.js'
import { writeArtifact } from '../pipeline/write.js'
import { explainAdversaries } from './adversaries.js'
import { hostCheck, type ReadOptions, requests } from './check-request.js'
import { findNearest, RequestError } from './request-error.js'

/** The result of an analysis, beside its own data. */
export interface Analysis {
  /** Title, counts and tables; `value` is the JSON form, which a schema of the package describes. */
  readonly report: AnalysisReport
  /** The files that `formats` asked for. */
  readonly artifacts: readonly ManifestArtifact[]
  readonly diagnostics: readonly Diagnostic[]
}

type Sides = Omit<ReadOptions, 'inputs'>

/** Two states of mapping sets to compare. */
export interface DiffOptions extends Sides {
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Formats that the report is written in, through the host; none by default. */
  readonly formats?: readonly (ReportFormat | 'layer' | 'html')[]
}

/** A comparison of mapping sets. */
export interface DiffResult extends Analysis {
  /** One for each pair of sets of one framework and domain. */
  readonly diffs: readonly DescribedDiff[]
  /** Sets without a counterpart. */
  readonly added: readonly ResolvedSet[]
  readonly removed: readonly ResolvedSet[]
}

/**
 * Compares mapping sets: rows added, removed and changed. Sets of one framework and domain are paired; the others are `added` and
 * `removed`. Throws RequestError.
 *
 * ```ts
 * import { createMemoryHost, diff } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({
 *   'old.csv': 'capability_id,technique\nAC-2,T1078\n',
 *   'new.csv': 'capability_id,technique\nAC-2,T1078\nAC-2,T1110\n',
 * })
 * const { diffs } = await diff({ before: ['old.csv'], after: ['new.csv'], statements: { framework: 'nist_800_53' } }, host)
 * console.log(diffs.map(({ counts }) => [counts.added, counts.removed, counts.same]))
 * ```
 */
export async function diff(request: DiffOptions, host: Host): Promise<DiffResult> {
  requests.diff(request, 'request')
  hostCheck(host, 'host')
  const { before, after, formats = [], ...reading } = request
  const log = createDiagnosticLog()
  const [old, fresh] = await readSides([before, after], reading, host, log)
  const { pairs, added, removed } = pairSets(setsOf(old), setsOf(fresh))
  const diffs = pairs.map(([one, other]) => describeDiff(diffSets(one, other), fresh.attack))
  const report = diffReport(diffs, { added, removed })
  const layers = (tell: Report): readonly Artifact[] => diffs.map((one) => reportLayerArtifact(diffLayer(one), tell))
  const page = async (tell: Report): Promise<readonly Artifact[]> =>
    diffPage({ analysis: report, pairing: { pairs, added, removed } }, { attack: fresh.attack, report: tell, diagnostics: [...log.entries] })
  return { diffs, added, removed, report, artifacts: await write({ report, formats, layers, page }, host, log), diagnostics: log.entries }
}

/** The documents whose coverage of ATT&CK is counted. */
export interface CoverageOptions extends ReadOptions {
  /** Count only mappings with at least this score. */
  readonly threshold?: Threshold
  /**
   * Also what of adversaries' techniques is covered: ids, names or aliases of groups, campaigns and software. Needs `attackBundle`, a bundle of
   * MITRE. The layers are then those of the adversaries.
   */
  readonly against?: readonly string[]
  /** Formats that the report is written in, through the host; none by default. */
  readonly formats?: readonly (ReportFormat | 'layer')[]
}

/** Coverage of ATT&CK: each set's, and that of all sets of a domain together. */
export interface CoverageResult extends Analysis, CoverageScopes {}

/**
 * Counts the techniques of ATT&CK that mapping sets map, declare unmappable, or do not mention. Throws RequestError.
 *
 * ```ts
 * import { coverage, createMemoryHost } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({ 'controls.csv': 'capability_id,technique\nAC-2,T1078\n' })
 * const { sets } = await coverage({ statements: { attackVersion: '18.1' } }, host)
 * for (const { techniques } of sets) console.log(techniques.filter(({ state }) => state === 'mapped').map(({ id }) => id))
 * ```
 */
export async function coverage(request: CoverageOptions, host: Host): Promise<CoverageResult> {
  requests.coverage(request, 'request')
  hostCheck(host, 'host')
  const { threshold, against: wanted, formats = [], ...reading } = request
  const understanding = await understand({ inputs: [], ...reading }, host)
  const log = createDiagnosticLog(understanding.diagnostics)
  const sets = labelSets(understanding.sets).map((labelled) => coverSet(labelled, understanding.attack, threshold))
  const scopes = { sets, unions: uniteCoverage(sets) }
  const against = await explainAdversaries(() => chooseAdversaries(understanding.attack, wanted))
  const report = coverageReport(scopes, against)
  const plans = against ? coverAgainst(scopes, against).map(againstLayer) : listScopes(scopes).map(coverageLayer)
  const layers = (tell: Report): readonly Artifact[] => plans.map((plan) => reportLayerArtifact(plan, tell))
  return { ...scopes, report, artifacts: await write({ report, formats, layers }, host, log), diagnostics: log.entries }
}

/** The mapping sets of two frameworks to relate. */
export interface BridgeOptions extends Sides {
  readonly left: readonly string[]
  readonly right: readonly string[]
  /** Only pairs with this capability, on either side. */
  readonly capability?: string
  /** Only pairs with at least this strength, from 0 to 1. */
  readonly minStrength?: number
  /** Only the strongest pairs, at most this many, in the report. */
  readonly limit?: number
  /** Formats that the report is written in, through the host; none by default. */
  readonly formats?: readonly ReportFormat[]
}

/** The relation of two frameworks. */
export interface BridgeResult extends Analysis {
  readonly bridge: Bridge
}

/**
 * Relates the capabilities of two frameworks that map to the same techniques. Each side must have one mapping set, of the same domain.
 * Throws RequestError, also with the code `unsuitable-sets` if the sets are not such.
 *
 * ```ts
 * import { bridge, createMemoryHost } from 'attack-crosswalk'
 *
 * const host = createMemoryHost({
 *   'nist.csv': 'capability_id,technique\nAC-2,T1078\n',
 *   'cis.csv': 'capability_id,technique\nCIS-5,T1078\n',
 * })
 * const related = await bridge({ left: ['nist.csv'], right: ['cis.csv'] }, host)
 * for (const { left, right, strength } of related.bridge.pairs) console.log(left.id, right.id, strength)
 * ```
 */
export async function bridge(request: BridgeOptions, host: Host): Promise<BridgeResult> {
  requests.bridge(request, 'request')
  hostCheck(host, 'host')
  const { left, right, capability, minStrength, limit, formats = [], ...reading } = request
  const log = createDiagnosticLog()
  const [one, other] = await readSides([left, right], reading, host, log)
  const [leftSet, rightSet] = chooseSets(setsOf(one), setsOf(other))
  const filter = { ...(capability !== undefined && { capability }), ...(minStrength !== undefined && { minStrength }) }
  const related = bridgeSets(leftSet, rightSet, other.attack, filter)
  if (!related) throw unsuitable('the mapping sets are too large to relate all capabilities; choose one with "capability"')
  if (capability !== undefined) checkCapability(capability, related)
  const report = bridgeReport(related, choosePairs(related, limit, log.report))
  return { bridge: related, report, artifacts: await write({ report, formats }, host, log), diagnostics: log.entries }
}

/** Reads both sides, each on its own, with one ATT&CK index. */
async function readSides(
  sides: readonly [readonly string[], readonly string[]], reading: Sides, host: Host, log: DiagnosticLog,
): Promise<readonly [Understanding, Understanding]> {
  const attack = reading.attack ?? await loadAttack(reading, log.report)
  const first = await understand({ ...reading, attack, inputs: sides[0] }, host)
  const second = await understand({ ...reading, attack, inputs: sides[1] }, host)
  for (const { code, ...details } of [...first.diagnostics, ...second.diagnostics]) log.report(code, details)
  return [first, second]
}

function setsOf({ sets }: Understanding): readonly ResolvedSet[] {
  return sets.map(({ set }) => set)
}

interface Files {
  readonly report: AnalysisReport
  readonly formats: readonly (ReportFormat | 'layer' | 'html')[]
  readonly layers?: (report: Report) => readonly Artifact[]
  readonly page?: (report: Report) => Promise<readonly Artifact[]>
}

async function write({ report, formats, layers, page }: Files, host: Host, log: DiagnosticLog): Promise<readonly ManifestArtifact[]> {
  const written: ManifestArtifact[] = []
  for (const format of new Set(formats)) {
    const artifacts = format === 'layer' ? layers?.(log.report) ?? []
      : format === 'html' ? await page?.(log.report) ?? [] : reportArtifacts(report, format, log.report)
    for (const artifact of artifacts) {
      const file = await writeArtifact(asMade(artifact), '', host, log.report)
      if (file) written.push(file)
    }
  }
  return written
}

/** The sets of one domain, one of each side. */
function chooseSets(lefts: readonly ResolvedSet[], rights: readonly ResolvedSet[]): readonly [ResolvedSet, ResolvedSet] {
  const pairs = lefts.flatMap((left) => rights.filter(({ attack }) => attack.domain === left.attack.domain).map((right) => [left, right] as const))
  const [only] = pairs
  if (only && pairs.length === 1) return only
  throw unsuitable(only ? 'each side must have one mapping set, but there are several' : `no two mapping sets are of one ATT&CK domain (${lefts.length} left, ${rights.length} right)`)
}

function unsuitable(problem: string): RequestError {
  return new RequestError({ code: 'unsuitable-sets', at: 'request', problem })
}

function checkCapability(id: string, { left, right }: Bridge): void {
  const known = [...left.capabilities.keys(), ...right.capabilities.keys()]
  if (known.includes(id)) return
  const suggestion = findNearest(id, known)
  throw new RequestError({
    code: 'unknown-value', at: 'capability', problem: `no mapping set has a capability "${id.slice(0, 100)}"`,
    ...(suggestion !== undefined && { suggestion }),
  })
}
