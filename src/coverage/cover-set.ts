import type { AttackIndex, AttackReleaseView } from '../attack/attack-index.js'
import { noteScore, type BestScores } from './best-scores.js'
import { compareNaturally } from '../model/compare-naturally.js'
import { compareText } from '../model/compare-text.js'
import type { MappedRow } from '../model/mapping.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { OutsideTechnique, SetCoverage, TechniqueCoverage } from './coverage.js'
import { betterState, type CoverageState } from './coverage-state.js'
import { judgeRow, type Threshold } from './judge-row.js'
import { listTactics } from './list-tactics.js'
import { markParents } from './mark-parents.js'
import { whyUnshowable } from './why-unshowable.js'

/** A set and what it is called among the sets of a run. */
export interface LabelledSet {
  readonly label: string
  readonly set: ResolvedSet
}

/** What a mapping set says of every active technique of its ATT&CK release. */
export function coverSet({ label, set }: LabelledSet, attack: AttackIndex, threshold?: Threshold): SetCoverage {
  const release = attack.release(set.attack.domain, set.attack.version)
  const { mentions, countedRows, outside } = collectMentions(set, release, threshold)
  const techniques = release.techniques().filter(({ status }) => status === 'active').map((technique): TechniqueCoverage => {
    const { id, name, tactics } = technique
    const { state = 'not-mentioned', rows = 0, capabilities, best } = mentions.get(id) ?? {}
    return {
      id, name, tactics, state, rows,
      isSubTechnique: id.includes('.'),
      onlyThroughSubTechniques: false,
      capabilities: [...(capabilities ?? [])].toSorted(compareIds),
      best: best ?? new Map(),
    }
  })
  return {
    label, set, release, countedRows, outside,
    ...(threshold !== undefined && { threshold }),
    domain: release.domain,
    tactics: listTactics(release.tactics, techniques),
    techniques: markParents(techniques),
  }
}

interface Mention {
  state: CoverageState
  rows: number
  readonly capabilities: Set<string>
  readonly best: BestScores
}

function collectMentions(
  { mappings }: ResolvedSet, release: AttackReleaseView, threshold: Threshold | undefined,
): { mentions: ReadonlyMap<string, Mention>; countedRows: readonly MappedRow[]; outside: readonly OutsideTechnique[] } {
  const mentions = new Map<string, Mention>()
  const outside = new Map<string, OutsideTechnique>()
  const countedRows: MappedRow[] = []
  for (const row of mappings) {
    if (row.kind === 'unmapped-capability') continue
    const { id, name } = row.technique
    const reason = whyUnshowable(id, release)
    if (reason !== undefined) {
      const title = release.technique(id)?.name ?? name
      const rows = (outside.get(id)?.rows ?? 0) + 1
      outside.set(id, { id, reason, rows, ...(title !== undefined && { name: title }) })
      continue
    }
    const state = judgeRow(row, threshold)
    const mention = mentions.get(id) ?? { state, rows: 0, capabilities: new Set<string>(), best: new Map() }
    mentions.set(id, mention)
    mention.state = betterState(mention.state, state)
    if (row.kind !== 'mapped' || row.status === 'non_mappable') continue
    mention.rows += 1
    mention.capabilities.add(row.capability.id)
    noteScore(mention.best, row)
    if (state === 'mapped') countedRows.push(row)
  }
  return { mentions, countedRows, outside: [...outside.values()].toSorted((a, b) => compareIds(a.id, b.id)) }
}

function compareIds(a: string, b: string): number {
  return compareNaturally(a, b) || compareText(a, b)
}
