import type { AttackIndex } from '../../attack/attack-index.js'
import { compareText } from '../../model/compare-text.js'
import type { Domain, Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { noteScore, type BestScores } from '../../coverage/best-scores.js'
import { createTechniqueLookup, type TechniqueFacts } from './technique-facts.js'

/** What the rows of one or more sets say of a technique. */
export interface TechniqueSummary {
  readonly id: string
  readonly domain: Domain
  readonly facts: TechniqueFacts
  /** The first name that a row prints. */
  name?: string
  rows: number
  /** What is said of it where no capability is mapped. */
  remark?: 'declared unmappable' | 'not mapped yet'
  /** Why nothing maps to it. */
  readonly comments: Set<string>
  /** Ids of the capabilities that bear on it; behind the framework's id and a colon where there are several sets. */
  readonly capabilities: Set<string>
  readonly best: BestScores
}

/** The techniques of sets, sorted by id and domain. */
export function summariseTechniques(sets: readonly ResolvedSet[], attack: AttackIndex): readonly TechniqueSummary[] {
  const lookUp = createTechniqueLookup(attack)
  const summaries = new Map<string, TechniqueSummary>()
  for (const set of sets) {
    const { domain, version } = set.attack
    for (const mapping of set.mappings) {
      if (mapping.kind === 'unmapped-capability') continue
      const { id, name } = mapping.technique
      const key = `${domain} ${id}`
      const summary = summaries.get(key) ?? emptySummary(id, domain, lookUp(id, domain, version))
      summaries.set(key, summary)
      if (summary.name === undefined && name !== undefined) summary.name = name
      noteRow(summary, mapping, sets.length > 1 ? `${set.framework.id}: ` : '')
    }
  }
  return [...summaries.values()].toSorted((a, b) => compareText(a.id, b.id) || compareText(a.domain, b.domain))
}

function emptySummary(id: string, domain: Domain, facts: TechniqueFacts): TechniqueSummary {
  return { id, domain, facts, rows: 0, comments: new Set(), capabilities: new Set(), best: new Map() }
}

function noteRow(summary: TechniqueSummary, mapping: Exclude<Mapping, { kind: 'unmapped-capability' }>, prefix: string): void {
  summary.rows += 1
  noteScore(summary.best, mapping)
  if (mapping.kind === 'mapped') {
    summary.capabilities.add(`${prefix}${mapping.capability.id}`)
    return
  }
  summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
  if (mapping.comments !== undefined) summary.comments.add(mapping.comments)
}
