import type { AttackIndex } from '../../attack/attack-index.js'
import { type Adversary, findAdversary, type TechniqueUse } from '../../attack/bundle/read-adversaries.js'
import type { OriginalObjects } from '../../attack/bundle/read-bundle.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { nameTactic } from '../../coverage/matrix.js'
import { type CoverageScopes, coverDomains } from '../../coverage/unite-coverage.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { setTitle } from '../../emitters/table/set-facts.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import { createReportTable, type LegendEntry, type ReportTable } from '../../model/report-table.js'
import { compareIds, cutText } from '../../model/text.js'
import type { ReportFact } from '../report/analysis-report.js'
import type { ReportLayer } from '../report/report-layer.js'

/** Adversaries to hold coverage against, and the bundle that they are from. */
export interface Against {
  readonly adversaries: readonly Adversary[]
  readonly release: Pick<OriginalObjects, 'domain' | 'version'>
}

/** Why adversaries cannot be chosen, in a sentence without a full stop; `known`: what `word` may have been meant for. */
export interface AgainstProblem {
  readonly problem: string
  readonly word?: string
  readonly known?: readonly string[]
}

/** Chooses adversaries by id, name or alias from the bundle of a run. */
export function chooseAgainst({ originals }: Pick<AttackIndex, 'originals'>, wanted: readonly string[]): Against | AgainstProblem {
  if (!originals) {
    return {
      problem: 'groups, campaigns and software are only in an ATT&CK bundle, and this run has none. Download enterprise-attack.json from '
        + 'https://github.com/mitre-attack/attack-stix-data and name it with --attack',
    }
  }
  const all = originals.adversaries()
  const adversaries: Adversary[] = []
  for (const word of wanted) {
    const found = findAdversary(all, word)
    if (!found) return { problem: `the ATT&CK bundle has no group, campaign or software "${word.slice(0, 100)}"`, word, known: all.flatMap(({ id, name, aliases }) => [id, name, ...aliases]) }
    if (!adversaries.includes(found)) adversaries.push(found)
  }
  return { adversaries, release: originals }
}

/** A technique that an adversary uses, and how the sets cover it. */
interface AgainstTechnique {
  readonly id: string
  readonly use: TechniqueUse
  /** Undefined if the release of the sets does not have it, or has withdrawn it. */
  readonly technique: TechniqueCoverage | undefined
}

/** What of an adversary's techniques is covered, by the sets of its domain together. */
export interface AgainstCoverage {
  readonly adversary: Adversary
  readonly coverage: SetCoverage | UnionCoverage
  /** The adversary's own first; of these, those that are not covered first; then by id. */
  readonly techniques: readonly AgainstTechnique[]
}

/** The coverage of adversaries' techniques by the sets of the bundle's domain; none if no set is of that domain. */
export function coverAgainst(scopes: CoverageScopes, { adversaries, release }: Against): readonly AgainstCoverage[] {
  const coverage = coverDomains(scopes).find(({ domain }) => domain === release.domain)
  if (!coverage) return []
  const known = new Map(coverage.techniques.map((technique) => [technique.id, technique]))
  return adversaries.map((adversary) => ({
    adversary, coverage,
    techniques: Array.from(adversary.techniques, ([id, use]): AgainstTechnique => ({ id, use, technique: known.get(id) })).toSorted(compare),
  }))
}

function compare(a: AgainstTechnique, b: AgainstTechnique): number {
  return Number(!isOwn(a)) - Number(!isOwn(b)) || Number(isCovered(a)) - Number(isCovered(b)) || compareIds(a.id, b.id)
}

/** Whether the adversary uses it itself or in a campaign, not only software that it has. */
function isOwn({ use }: AgainstTechnique): boolean {
  return use.itself || use.campaigns.length > 0
}

function isCovered({ technique }: AgainstTechnique): boolean {
  return technique?.state === 'mapped'
}

function countCovered(techniques: readonly AgainstTechnique[]): number {
  return techniques.filter(isCovered).length
}

/** The answer in numbers: "Used by APT29 (G0016)", how many of them are mapped, and how many its software adds. */
export function againstFacts(against: readonly AgainstCoverage[]): readonly ReportFact[] {
  return against.flatMap(({ adversary, techniques }) => {
    const own = techniques.filter(isOwn)
    const others = techniques.filter((one) => !isOwn(one))
    return [
      { label: `Used by ${nameOf(adversary)}`, value: own.length },
      { label: 'Of these, mapped', value: countCovered(own) },
      { label: 'Of these, not mapped', value: own.length - countCovered(own) },
      ...(others.length === 0 ? [] : [{ label: 'Used only by its software', value: `${others.length}, ${countCovered(others)} of them mapped` }]),
    ]
  })
}

const words = {
  covered: { word: 'covered', tone: 'strong', meaning: 'used by the adversary, and a capability is mapped to it' },
  open: { word: 'not covered', tone: 'removed', meaning: 'used by the adversary, and no capability is mapped to it' },
  coveredSoftware: { word: 'covered (software)', tone: 'weak', meaning: 'used only by software of the adversary, and a capability is mapped to it' },
  openSoftware: { word: 'not covered (software)', tone: 'changed', meaning: 'used only by software of the adversary, and no capability is mapped to it' },
  absent: { word: 'not in the release', tone: 'same', meaning: 'the ATT&CK release of the mappings does not have it, or has withdrawn it' },
} as const satisfies Readonly<Record<string, LegendEntry>>

function entryOf(one: AgainstTechnique): LegendEntry {
  if (!one.technique) return words.absent
  if (isOwn(one)) return isCovered(one) ? words.covered : words.open
  return isCovered(one) ? words.coveredSoftware : words.openSoftware
}

/** The legend of the words that occur. */
export function againstLegend(against: readonly AgainstCoverage[]): readonly LegendEntry[] {
  const used = new Set(against.flatMap(({ techniques }) => techniques.map(entryOf)))
  return Object.values(words).filter((entry) => used.has(entry))
}

/** A table for each adversary: its techniques, how it uses them, and what covers them. */
export function againstTables(against: readonly AgainstCoverage[]): readonly ReportTable[] {
  return against.map(({ adversary, coverage, techniques }) => {
    const tactics = new Map(coverage.tactics.map((tactic) => [tactic.shortname, nameTactic(tactic)]))
    const title = cutText(`Against ${adversary.name}`.replaceAll(/[[\]:*?/\\']/g, ' ').trim(), longestTitle)
    const about = `Techniques that ${nameOf(adversary)} uses, according to ATT&CK, and what is mapped to them.`
    return createReportTable({ name: `against-${adversary.id.toLowerCase()}`, title, about }, techniques, [
      { key: 'against', title: 'Against', kind: 'change', cell: (one) => entryOf(one).word },
      { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ id }) => id },
      { key: 'name', title: 'Name', kind: 'text', cell: ({ technique }) => technique?.name },
      {
        key: 'tactics', title: 'Tactics', kind: 'text', only: 'files',
        cell: ({ technique }) => technique?.tactics.map((one) => tactics.get(one) ?? one).join('; '),
      },
      { key: 'used', title: 'Used', kind: 'text', only: 'files', content: 'By the adversary itself, in its campaigns, or by software that it uses', cell: ({ use }) => describeUse(use) },
      { key: 'capabilities', title: 'Capabilities', kind: 'text', cell: ({ technique }) => technique?.capabilities.join('; ') },
    ])
  })
}

/** Excel's limit of a sheet name. */
const longestTitle = 31

function describeUse({ itself, campaigns, software }: TechniqueUse): string {
  return [
    ...(itself ? ['itself'] : []),
    ...(campaigns.length > 0 ? [`campaign ${campaigns.join(', ')}`] : []),
    ...(software.length > 0 ? [`software ${software.join(', ')}`] : []),
  ].join('; ')
}

function nameOf({ name, id }: Pick<Adversary, 'id' | 'name'>): string {
  return `${name} (${id})`
}

/** The adversary's techniques as a layer: what is not covered is prominent. */
export function againstLayer(one: AgainstCoverage): ReportLayer {
  const { adversary, coverage, techniques } = one
  const isSet = 'set' in coverage
  const sets = isSet ? [coverage] : coverage.of
  return {
    kind: `against-${adversary.id.toLowerCase()}`,
    baseName: isSet ? artifactBaseName(coverage.set) : `all_attack-${coverage.release.version}-${coverage.domain}`,
    title: `${nameOf(adversary)} against ${isSet ? setTitle(coverage.set) : countNoun(sets.length, 'mapping set')}`,
    description: `Techniques that ${nameOf(adversary)} uses, according to ATT&CK, and whether a capability is mapped to them.`,
    release: coverage.release,
    legend: againstLegend([one]),
    cells: techniques.flatMap((used) => (coverage.release.technique(used.id)?.status === 'active'
      ? [{ id: used.id, word: entryOf(used).word, comment: [`Used: ${describeUse(used.use)}`, ...describeCapabilities(used)].join('\n') }] : [])),
    facts: [{ label: 'Mapping sets', value: sets.map(({ set }) => setTitle(set)).join('; ') }, ...againstFacts([one])],
  }
}

function describeCapabilities({ technique }: AgainstTechnique): readonly string[] {
  const { capabilities = [] } = technique ?? {}
  if (capabilities.length === 0) return []
  const more = capabilities.length > mostCapabilities ? ` and ${capabilities.length - mostCapabilities} more` : ''
  return [`Mapped: ${capabilities.slice(0, mostCapabilities).join(', ')}${more}`]
}

const mostCapabilities = 12

/** For the JSON of coverage: schemas/coverage.schema.json. */
export function againstDocument(against: readonly AgainstCoverage[], { release }: Against): readonly object[] {
  return against.map(({ adversary: { id, name, kind }, techniques }) => ({
    id, name, kind,
    from: { domain: release.domain, version: release.version },
    techniques: techniques.map((one) => ({
      id: one.id, ...(one.technique && { state: one.technique.state }),
      itself: one.use.itself,
      ...(one.use.campaigns.length > 0 && { campaigns: one.use.campaigns }), ...(one.use.software.length > 0 && { software: one.use.software }),
      ...(one.technique && one.technique.capabilities.length > 0 && { capabilities: one.technique.capabilities }),
    })),
  }))
}
