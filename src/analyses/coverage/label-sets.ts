import type { ResolvedSet } from '../../model/mapping-set.js'
import type { LabelledSet } from './cover-set.js'

/** A set and the folder that tells it from others of the same name: "" where there is none. */
interface PlacedSet {
  readonly folder: string
  readonly set: ResolvedSet
}

/** Calls each set by as little as tells it from the others: its framework's id, then versions, folder, and a number at last. */
export function labelSets(placed: readonly PlacedSet[]): readonly LabelledSet[] {
  const candidates = placed.map(({ folder, set: { framework, attack } }) => {
    const version = framework.version === undefined ? framework.id : `${framework.id} ${framework.version}`
    const release = `${version} ${attack.domain}${attack.version === undefined ? '' : ` ${attack.version}`}`
    return [framework.id, version, release, `${release} ${folder}`.trimEnd()]
  })
  const step = candidates[0]?.findIndex((_, at) => new Set(candidates.map((names) => names[at])).size === candidates.length) ?? 0
  return placed.map(({ set }, index) => {
    const names = candidates[index] ?? []
    return { set, label: step < 0 ? `${names.at(-1) ?? ''} (${index + 1})` : names[step] ?? set.framework.id }
  })
}
