import { compareVersions, stampedVersion, titleVersion } from '../../attack/attack-index.js'
import { coverSet } from '../../coverage/cover-set.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { buildMatrix, nameTactic } from '../../coverage/matrix.js'
import { uniteCoverage } from '../../coverage/unite-coverage.js'
import type { Group, Relation, ResolvedSet } from '../../model/mapping-set.js'
import type { ReportTable } from '../../model/report-table.js'
import { attackDomains } from '../../model/vocabulary.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { cleanTables, createCellTexts } from '../table/cell-text.js'
import { describeNotes } from '../table/describe-notes.js'
import { aboutFacts, attackTitle, countSets, setsTitle, setTitle } from '../table/set-facts.js'
import { summariseCapabilities } from '../table/summaries.js'
import { uniqueLabels } from '../table/table-rows.js'
import { buildAdversaries } from './build-adversaries.js'
import { buildRows, capabilityKey } from './build-rows.js'
import type { ReportOptions } from './html.js'
import { createReportBuilder, type ReportBuilder, techniqueIndex } from './report-builder.js'
import type { ReportData, ReportMatrix, ReportOutside, ReportSet, ReportTerm } from './report-data.js'

/** What a report has in addition if it is of a comparison. */
export interface ComparedReport {
  readonly title: string
  /** What each set is called: "Old". */
  readonly labels: readonly string[]
  /** Tables of what changed. */
  readonly changes: readonly ReportTable[]
}

/** Builds the report of one or more sets; its script and style are loaded when it is rendered. */
export function emitReport(
  sets: readonly ResolvedSet[], context: EmitContext, { palette }: ReportOptions, compared?: ComparedReport,
): readonly Artifact[] {
  const data = buildReport(sets, context, compared)
  const changes = cleanTables(compared?.changes ?? [], 'HTML', context.report)
  return [{
    name: `${context.baseName}.html`,
    emitter: 'html',
    schema: 'html-report',
    value: data,
    counts: { ...data.counts },
    render: async () => (await import('./render-report.js')).renderReport(data, palette, changes),
  }]
}

/** The data of the report of one or more sets. Adjusted texts are reported as `emit/text-adjusted`. */
export function buildReport(sets: readonly ResolvedSet[], context: EmitContext, compared?: ComparedReport): ReportData {
  const cells = createCellTexts('HTML', Number.POSITIVE_INFINITY)
  const builder = createReportBuilder(sets, context, cells)
  // The matrices first: techniques are numbered in the order in which they are first looked up.
  const { matrices, covered } = buildMatrices(builder)
  const described = buildSets(builder, covered, compared?.labels)
  const { rows, remarks } = buildRows(builder)
  const adversaries = buildAdversaries(builder, matrices)
  const [only] = described
  const title = builder.clean(compared?.title ?? setsTitle(sets))
  cells.report(context.report)

  const noteCells = createCellTexts('HTML', Number.POSITIVE_INFINITY)
  const notes = describeNotes(context.diagnostics, noteCells)
  noteCells.report(context.report)
  return {
    title,
    madeBy: `${context.tool.name} ${context.tool.version}`,
    counts: only && described.length === 1 ? only.counts : countSets(sets),
    sets: described,
    matrices,
    techniques: builder.techniques,
    capabilities: builder.capabilities.items,
    texts: builder.texts.items,
    rows,
    remarks,
    notes,
    platforms: builder.platforms.items,
    ...(compared && sets.length > 1 && { compares: true }),
    ...(adversaries.length > 0 && { adversaries }),
  }
}

/** The matrices of the sets' domains, and for each set its techniques without a cell there and the size of its own release. */
interface BuiltMatrices {
  readonly matrices: readonly ReportMatrix[]
  readonly covered: readonly CoveredSet[]
}

type CoveredSet = Pick<ReportSet, 'outside' | 'ofAttack' | 'matrix' | 'absent'>

/** Builds the matrices from the coverage of the sets. */
function buildMatrices(builder: ReportBuilder): BuiltMatrices {
  const { sets, context: { attack } } = builder
  const covered = sets.map((set, index) => coverSet({ label: String(index), set }, attack))
  const unions = uniteCoverage(covered)
  const matrices = attackDomains.flatMap((domain) => {
    const ofDomain = covered.filter((coverage) => coverage.domain === domain)
    const coverage = unions.find((union) => union.domain === domain) ?? ofDomain[0]
    return coverage ? [describeMatrix(coverage, ofDomain, builder)] : []
  })
  return { matrices, covered: covered.map((coverage) => describeSetCoverage(coverage, matrices, builder)) }
}

function describeSetCoverage({ set, domain, outside, techniques }: SetCoverage, matrices: readonly ReportMatrix[], builder: ReportBuilder): CoveredSet {
  const matrix = matrices.findIndex((one) => one.domain === domain)
  const own = new Set<number>()
  for (const technique of techniques) own.add(techniqueIndex(builder, technique, set.attack))
  const others = new Set<number>()
  for (const { entries } of matrices[matrix]?.tactics ?? []) {
    for (const entry of entries) for (const technique of entry) if (!own.has(technique)) others.add(technique)
  }
  const absent = [...others].toSorted((a, b) => a - b)
  const subTechniques = techniques.filter(({ isSubTechnique }) => isSubTechnique).length
  return {
    outside: outside.map(({ reason, rows, ...technique }): ReportOutside =>
      ({ technique: techniqueIndex(builder, technique, set.attack), reason, rows })),
    ofAttack: { techniques: techniques.length - subTechniques, subTechniques },
    matrix,
    ...(absent.length > 0 && { absent }),
  }
}

function describeMatrix(coverage: SetCoverage | UnionCoverage, of: readonly SetCoverage[], builder: ReportBuilder): ReportMatrix {
  const { domain, release: { version } } = coverage
  const releases = of.toSorted((left, right) => compareVersions(stampedVersion(left.release), stampedVersion(right.release)))
  const versions = [...new Set(releases.map(({ release }) => titleVersion(release)))]
  const indexOf = (technique: TechniqueCoverage): number => techniqueIndex(builder, technique, { domain, version })
  return {
    title: attackTitle({ attack: { domain, version: versions.join(', ') } }),
    domain,
    version: stampedVersion(coverage.release),
    tactics: buildMatrix(coverage).map(({ tactic, entries }) => ({
      name: builder.clean(nameTactic(tactic)),
      entries: entries.map(({ technique, subTechniques }) => [indexOf(technique), ...subTechniques.map(indexOf)] as const),
    })),
  }
}

/** Describes the sets, and adds all their capabilities, including those that no row names. */
function buildSets(builder: ReportBuilder, covered: BuiltMatrices['covered'], labels: readonly string[] = []): readonly ReportSet[] {
  const titles = builder.sets.map((set, index) => `${labels[index] === undefined ? '' : `${labels[index]}: `}${setTitle(set)}`)
  return builder.sets.map((set, index) => {
    addCapabilities(builder, set, index)
    const title = titles[index] ?? ''
    const earlier = titles.slice(0, index).filter((other) => other === title).length
    const { clean } = builder
    return {
      title: clean(earlier === 0 ? title : `${title} (${earlier + 1})`),
      facts: aboutFacts(set, builder.context, 'report').map(([label, value]) => ({ label, value: clean(value) })),
      counts: countSets([set]),
      sources: set.sources.map(({ name, sha256, parser, rows }) => ({ name: clean(name), sha256, parser: clean(parser), rows })),
      relations: countTerms(set.relations, set.mappings.map(({ relation }) => relation), clean),
      groups: countTerms(set.groups, set.mappings.map(({ group }) => group), clean),
      outside: [],
      ofAttack: { techniques: 0, subTechniques: 0 },
      matrix: 0,
      ...covered[index],
    }
  })
}

function addCapabilities({ capabilities, clean }: ReportBuilder, set: ResolvedSet, index: number): void {
  const groups = uniqueLabels(set.groups)
  for (const { capability, techniques, remark } of summariseCapabilities(set)) {
    const { id, name, description } = capability
    capabilities.numberOf(capabilityKey(index, id), () => ({
      set: index,
      id: clean(id),
      ...(name !== undefined && { name: clean(name) }),
      ...(description !== undefined && { description: clean(description) }),
      ...(capability.groups.length > 0 && { groups: capability.groups.map((group) => clean(groups.get(group) ?? group)) }),
      ...(techniques.size === 0 && { remark }),
    }))
  }
}

function countTerms(
  terms: ReadonlyMap<string, Relation | Group>, used: readonly (string | undefined)[], clean: (text: string) => string,
): readonly ReportTerm[] {
  const rows = new Map<string | undefined, number>()
  for (const id of used) rows.set(id, (rows.get(id) ?? 0) + 1)
  return Array.from(terms.values(), ({ id, name, description }) => ({
    id: clean(id),
    name: clean(name),
    ...(description !== undefined && { description: clean(description) }),
    rows: rows.get(id) ?? 0,
  }))
}
