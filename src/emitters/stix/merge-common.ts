import type { SetInBundle } from './set-in-bundle.js'
import type { MadeHere } from './stix-object.js'

/** What an object shares with the sets that it comes from: the first one's author and marking, the earliest and latest dates. */
export function mergeCommon(first: SetInBundle, sets: Iterable<SetInBundle>): MadeHere {
  let { created, modified } = first.common
  for (const { common } of sets) {
    if (common.created < created) created = common.created
    if (common.modified > modified) modified = common.modified
  }
  return { ...first.common, created, modified }
}
