import type { Mapping } from './mapping.js'
import type { ResolvedSet } from './mapping-set.js'

/** How many of what a set holds. */
export interface SetCounts {
  readonly rows: number
  readonly mapped: number
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
  readonly capabilities: number
  readonly techniques: number
}

/** Counts a set's rows by kind, and the distinct capabilities and techniques that they name. */
export function countSet({ mappings, capabilities }: ResolvedSet): SetCounts {
  const ofKind = (kind: Mapping['kind']): number => mappings.filter((mapping) => mapping.kind === kind).length
  const techniques = new Set(mappings.flatMap((mapping) => (mapping.kind === 'unmapped-capability' ? [] : [mapping.technique.id])))
  return {
    rows: mappings.length,
    mapped: ofKind('mapped'),
    unmappedCapabilities: ofKind('unmapped-capability'),
    unmappedTechniques: ofKind('unmapped-technique'),
    capabilities: capabilities.size,
    techniques: techniques.size,
  }
}
