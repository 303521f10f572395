import { compareNaturally } from '../../model/compare-naturally.js'
import type { Mapping } from '../../model/mapping.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import { noteScore, type BestScores } from '../../coverage/best-scores.js'

/** What the rows of a set say of a capability. */
export interface CapabilitySummary {
  readonly capability: Capability
  rows: number
  /** Ids of the techniques that it bears on. */
  readonly techniques: Set<string>
  readonly best: BestScores
  /** What is said of it where it maps to nothing. */
  remark: 'listed without rows' | 'declared unmappable' | 'not mapped yet'
  /** Why it maps to nothing. */
  readonly comments: Set<string>
}

/** The capabilities of a set, with or without rows, sorted by id. */
export function summariseCapabilities(set: ResolvedSet): readonly CapabilitySummary[] {
  const summaries = new Map<string, CapabilitySummary>()
  for (const capability of set.capabilities.values()) summaries.set(capability.id, emptySummary(capability))
  for (const mapping of set.mappings) {
    const summary = mapping.kind === 'unmapped-technique' ? undefined : summaries.get(mapping.capability.id)
    if (summary) noteRow(summary, mapping)
  }
  return [...summaries.values()].toSorted((a, b) => compareNaturally(a.capability.id, b.capability.id))
}

function emptySummary(capability: Capability): CapabilitySummary {
  return { capability, rows: 0, techniques: new Set(), best: new Map(), remark: 'listed without rows', comments: new Set() }
}

function noteRow(summary: CapabilitySummary, mapping: Mapping): void {
  summary.rows += 1
  noteScore(summary.best, mapping)
  if (mapping.kind === 'mapped') {
    summary.techniques.add(mapping.technique.id)
    return
  }
  summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
  if (mapping.comments !== undefined) summary.comments.add(mapping.comments)
}
