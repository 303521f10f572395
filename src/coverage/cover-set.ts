import { type AttackIndex, type AttackReleaseView, type AttackTactic, parentOf } from '../attack/attack-index.js'
import { compareQuickly } from '../model/natural-order.js'
import { compareIds, compareText } from '../model/text.js'
import type { PlacedSet, ResolvedSet } from '../model/mapping-set.js'
import type { MappedRow, UnmappedTechniqueRow } from '../model/mapping.js'
import type { OutsideTechnique, SetCoverage, TechniqueCoverage } from './coverage.js'
import { type BestScores, betterState, type CoverageState, keepBestScore, type NoCellReason, noCellReason, rowState, type Threshold } from './row-state.js'

/** A set and its label among the sets of a run. */
interface LabelledSet {
  readonly label: string
  readonly set: ResolvedSet
}

/** Computes how a mapping set covers each active technique of its ATT&CK release. */
export function coverSet({ label, set }: LabelledSet, attack: AttackIndex, threshold?: Threshold): SetCoverage {
  const release = attack.release(set.attack.domain, set.attack.version)
  const { mentions, countedRows, outside } = collectMentions(set, release, threshold)
  const ranks = rankIds(set.capabilities.keys())
  const parents = new Set<string | undefined>()
  for (const [id, { state }] of mentions) if (state === 'mapped') parents.add(parentOf(id))
  const techniques: TechniqueCoverage[] = []
  for (const { id, name, tactics, status } of release.techniques()) {
    if (status !== 'active') continue
    const mention = mentions.get(id)
    const state = mention?.state ?? 'not-mentioned'
    techniques.push({
      id, name, tactics, state,
      rows: mention?.rows ?? 0,
      isSubTechnique: id.includes('.'),
      onlyThroughSubTechniques: state !== 'mapped' && parents.has(id),
      capabilities: mention ? sortIds(mention.capabilities, ranks) : [],
      best: mention?.best ?? noScores,
    })
  }
  return {
    label, set, release, countedRows, outside,
    ...(threshold !== undefined && { threshold }),
    domain: release.domain,
    tactics: listTactics(release.tactics, techniques),
    techniques,
  }
}

/** Of techniques that no row names, which are most: nothing is added to it. */
const noScores: BestScores = new Map()

/** Sorts ids by their ranks, each once. Most documents have their rows so. */
function sortIds(ids: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  let last = -1
  for (const id of ids) {
    const rank = ranks.get(id) ?? 0
    if (rank <= last) return [...new Set(ids)].toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
    last = rank
  }
  return ids
}

/** The position of each id in their order: comparing the ids themselves takes longer. */
function rankIds(ids: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...ids].toSorted((a, b) => compareQuickly(a, b) || compareText(a, b)).map((id, index) => [id, index]))
}

interface Mention {
  state: CoverageState
  rows: number
  /** Those of rows that follow each other are here once: a set for each technique takes five times the memory. */
  readonly capabilities: string[]
  readonly best: BestScores
}

function collectMentions(
  { mappings }: ResolvedSet, release: AttackReleaseView, threshold: Threshold | undefined,
): { mentions: ReadonlyMap<string, Mention>; countedRows: readonly MappedRow[]; outside: readonly OutsideTechnique[] } {
  const found: Mentions = { mentions: new Map(), outside: new Map(), countedRows: [] }
  for (const row of mappings) if (row.kind !== 'unmapped-capability') noteMention(found, row, release, threshold)
  const { mentions, outside, countedRows } = found
  return { mentions, countedRows, outside: [...outside.values()].toSorted((a, b) => compareIds(a.id, b.id)) }
}

/** What the rows of a set mention. */
interface Mentions {
  readonly mentions: Map<string, Mention>
  readonly outside: Map<string, OutsideTechnique>
  readonly countedRows: MappedRow[]
}

function noteMention(
  { mentions, outside, countedRows }: Mentions, row: MappedRow | UnmappedTechniqueRow, release: AttackReleaseView, threshold: Threshold | undefined,
): void {
  const { id, name } = row.technique
  const state = rowState(row, threshold)
  let mention = mentions.get(id)
  if (!mention) {
    // The reason is looked up once for most techniques, not in each of their rows.
    const reason = noCellReason(id, release)
    if (reason !== undefined) {
      noteOutside(outside, id, reason, release.technique(id)?.name ?? name)
      return
    }
    mention = { state, rows: 0, capabilities: [], best: new Map() }
    mentions.set(id, mention)
  }
  if (mention.state !== state) mention.state = betterState(mention.state, state)
  if (row.kind !== 'mapped' || row.status === 'non_mappable') return
  mention.rows += 1
  if (mention.capabilities.at(-1) !== row.capability.id) mention.capabilities.push(row.capability.id)
  keepBestScore(mention.best, row)
  if (state === 'mapped') countedRows.push(row)
}

function noteOutside(outside: Map<string, OutsideTechnique>, id: string, reason: NoCellReason, name: string | undefined): void {
  const rows = (outside.get(id)?.rows ?? 0) + 1
  outside.set(id, { id, reason, rows, ...(name !== undefined && { name }) })
}

/** The active tactics, and those deprecated ones that an active technique is still in. */
function listTactics(
  tactics: readonly AttackTactic[], techniques: readonly Pick<TechniqueCoverage, 'tactics'>[],
): readonly AttackTactic[] {
  if (!tactics.some(({ deprecated }) => deprecated === true)) return tactics
  const used = new Set(techniques.flatMap((technique) => technique.tactics))
  return tactics.filter(({ deprecated, shortname }) => deprecated !== true || used.has(shortname))
}

/** Sets `onlyThroughSubTechniques`: capabilities that are mapped to a sub-technique are not mapped to its parent. */
export function markParents(techniques: readonly TechniqueCoverage[]): readonly TechniqueCoverage[] {
  const parents = new Set<string | undefined>()
  for (const { id, state } of techniques) if (state === 'mapped') parents.add(parentOf(id))
  return techniques.map((technique) => {
    const onlyThroughSubTechniques = technique.state !== 'mapped' && parents.has(technique.id)
    return onlyThroughSubTechniques === technique.onlyThroughSubTechniques ? technique : { ...technique, onlyThroughSubTechniques }
  })
}

/**
 * Gives each set the shortest unique label: the framework's id, then with versions, domain and folder, finally with a number.
 * Labels become column titles: Excel treats titles that differ only in case as equal, and allows no control characters.
 */
export function labelSets(placed: readonly PlacedSet[]): readonly LabelledSet[] {
  const candidates = placed.map(({ folder, set: { framework, attack } }) => {
    const version = `${framework.id} ${framework.version ?? ''}`
    const release = `${version} ${attack.domain} ${attack.version ?? ''}`
    return [framework.id, version, release, `${release} ${folder}`].map(cleanLabel)
  })
  const uses = steps.map((step) => countUses(candidates.map((names) => names[step] ?? '')))
  const labels = candidates.map((names) =>
    names.find((name, step) => uses[step]?.get(name.toLowerCase()) === 1) ?? names[0] ?? '')
  const isUnique = countUses(labels).size === labels.length
  return placed.map(({ set }, index) => ({ set, label: `${labels[index] ?? ''}${isUnique ? '' : ` (${index + 1})`}` }))
}

const steps = [0, 1, 2, 3] as const

function countUses(names: readonly string[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1)
  return uses
}

const longestLabel = 60

/** Removes parentheses too: labels of unions have them. */
function cleanLabel(text: string): string {
  return Array.from(text.replaceAll(/[^\p{L}\p{N}.,:/_-]+/gu, ' ').trim()).slice(0, longestLabel).join('') || 'unnamed'
}
