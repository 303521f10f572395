import type { ResolvedSet } from '../../model/mapping-set.js'

/** How much one or more sets hold. Capabilities of two frameworks, and techniques of two domains, are never the same. */
export interface SetCounts {
  readonly rows: number
  readonly mapped: number
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
  /** Capabilities that the documents name, mapped or not. */
  readonly capabilities: number
  readonly mappedCapabilities: number
  readonly techniques: number
  readonly mappedTechniques: number
}

/** Counts sets, as Read me and the manifest show it. */
export function countSets(sets: readonly ResolvedSet[]): SetCounts {
  const kinds = { 'mapped': 0, 'unmapped-capability': 0, 'unmapped-technique': 0 }
  const [capabilities, mappedCapabilities, techniques, mappedTechniques] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ]
  for (const set of sets) {
    const framework = JSON.stringify([set.framework.id, set.framework.version])
    for (const id of set.capabilities.keys()) capabilities.add(`${framework} ${id}`)
    for (const mapping of set.mappings) {
      kinds[mapping.kind] += 1
      if (mapping.kind !== 'unmapped-capability') techniques.add(`${set.attack.domain} ${mapping.technique.id}`)
      if (mapping.kind !== 'mapped') continue
      mappedCapabilities.add(`${framework} ${mapping.capability.id}`)
      mappedTechniques.add(`${set.attack.domain} ${mapping.technique.id}`)
    }
  }
  return {
    rows: kinds.mapped + kinds['unmapped-capability'] + kinds['unmapped-technique'],
    mapped: kinds.mapped,
    unmappedCapabilities: kinds['unmapped-capability'],
    unmappedTechniques: kinds['unmapped-technique'],
    capabilities: capabilities.size,
    mappedCapabilities: mappedCapabilities.size,
    techniques: techniques.size,
    mappedTechniques: mappedTechniques.size,
  }
}
