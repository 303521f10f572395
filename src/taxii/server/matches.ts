import type { Entry } from './collection-state.js'
import type { Filter } from './query.js'

/** Whether an object is asked for. Fields must all match; of a field's values any (TAXII 2.1, section 3.4.1). */
export function matches({ object, date, isFirst, isLast, isLatestSpec }: Entry, filter: Filter): boolean {
  const { addedAfter, ids, types, specVersions, version } = filter
  if (addedAfter !== undefined && date <= addedAfter) return false
  if (ids && !ids.has(object.id)) return false
  if (types && !types.has(object.type)) return false
  if (specVersions ? !specVersions.has(object.specVersion) : !isLatestSpec) return false
  return version.all || (version.first && isFirst) || (version.last && isLast) || version.times.has(object.versionTime)
}
