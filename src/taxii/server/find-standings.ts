import type { DatedObject, Standing } from './collection-state.js'
import type { StoredObject } from './stored-object.js'

/** The versions of one id in one version of STIX, in microseconds since 1970. */
interface Versions {
  readonly first: number
  readonly last: number
}

/** Finds how the versions of each object stand to one another. */
export function findStandings(objects: Iterable<DatedObject>): (object: StoredObject) => Standing {
  const byId = new Map<string, Map<string, Versions>>()
  for (const { object: { id, specVersion, versionTime } } of objects) {
    const specs = byId.get(id) ?? new Map<string, Versions>()
    const { first, last } = specs.get(specVersion) ?? { first: versionTime, last: versionTime }
    byId.set(id, specs.set(specVersion, { first: Math.min(first, versionTime), last: Math.max(last, versionTime) }))
  }
  return ({ id, specVersion, versionTime }) => {
    const specs = byId.get(id)
    const versions = specs?.get(specVersion)
    return {
      isFirst: versionTime === versions?.first,
      isLast: versionTime === versions?.last,
      isLatestSpec: [...specs?.keys() ?? []].every((spec) => spec <= specVersion),
    }
  }
}
