import type { ResolvedSet } from '../../model/mapping-set.js'
import { weighRow, type Profile } from './technique-weights.js'

/**
 * The capabilities of a set that map to techniques, each with the techniques it bears on. `currentId` is what a technique's id
 * is now.
 */
export function buildProfiles(set: ResolvedSet, currentId: (id: string) => string): ReadonlyMap<string, Profile> {
  const profiles = new Map<string, Profile>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped') continue
    const { id } = row.capability
    const name = set.capabilities.get(id)?.name
    const profile = profiles.get(id) ?? { id, ...(name !== undefined && { name }), bearings: new Map() }
    profiles.set(id, profile)
    const technique = currentId(row.technique.id)
    const bearing = profile.bearings.get(technique) ?? { ids: new Set(), scores: [], weight: 0 }
    profile.bearings.set(technique, bearing)
    bearing.ids.add(row.technique.id)
    bearing.weight = Math.max(bearing.weight, weighRow(row))
    if (row.score) bearing.scores.push(row.score)
  }
  return profiles
}
