import { nearestTechniques } from '../../attack/nearest-techniques.js'
import type { ReferencedTechnique } from './referenced-techniques.js'

/** Looking for the nearest ids takes a while; a set with more unknown ids than this has another trouble than typing errors. */
export const mostSuggestions = 100

/** Which techniques an unknown id may mean, as a hint; undefined when none is near. */
export function describeNearest({ id, release, names }: ReferencedTechnique): string | undefined {
  const [name] = names.keys()
  const nearest = nearestTechniques(release, id, name).map((technique) => `${technique.id} ${technique.name}`)
  return nearest.length === 0 ? undefined : `did you mean ${nearest.join(', or ')}?`
}
