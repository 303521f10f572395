import { compareText } from '../../model/compare-text.js'
import type { MappedRow } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { labelCapability, labelGroup, labelRelation } from './label-row.js'
import type { NavigatorOptions } from './navigator-options.js'

/** The rows of one layer. `title` tells it from the set's other layers; the only layer of a set has none. */
export interface RowSlice {
  readonly title?: string
  /** What the rows were split by: the group's id, the capability's, … */
  readonly key?: string
  readonly rows: readonly MappedRow[]
}

/** Splits rows into those of each layer, every row into exactly one, ordered by what they are split by. */
export function sliceRows(set: ResolvedSet, rows: readonly MappedRow[], by: NavigatorOptions['layer-by']): readonly RowSlice[] {
  if (by === 'framework') return [{ rows }]
  const slices = new Map<string, MappedRow[]>()
  const rest: MappedRow[] = []
  for (const row of rows) {
    const key = sliceKeys[by](row)
    const slice = key === undefined ? rest : slices.get(key)
    if (slice) slice.push(row)
    else if (key !== undefined) slices.set(key, [row])
  }
  const named = Array.from(slices, ([key, found]) => ({ key, title: sliceTitles[by](set, key), rows: found }))
  named.sort((a, b) => compareText(a.key, b.key))
  return rest.length === 0 ? named : [...named, { title: withoutTitles[by], rows: rest }]
}

type Divided = Exclude<NavigatorOptions['layer-by'], 'framework'>

const sliceKeys: Readonly<Record<Divided, (row: MappedRow) => string | undefined>> = {
  'group': (row) => row.group,
  'capability': (row) => row.capability.id,
  'score-category': (row) => row.score?.category,
  'relation': (row) => row.relation,
}

const sliceTitles: Readonly<Record<Divided, (set: ResolvedSet, key: string) => string>> = {
  'group': labelGroup,
  'capability': labelCapability,
  'score-category': (_set, key) => key,
  'relation': labelRelation,
}

const withoutTitles: Readonly<Record<Divided, string>> = {
  'group': 'no group',
  'capability': 'no capability',
  'score-category': 'no score category',
  'relation': 'no mapping type',
}
