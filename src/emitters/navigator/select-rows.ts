import type { AttackReleaseView } from '../../attack/attack-index.js'
import { whyUnshowable, type Unshowable } from '../../coverage/why-unshowable.js'
import type { MappedRow } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'

/** The rows that become cells, and those that cannot. */
export interface RowSelection {
  readonly shown: readonly MappedRow[]
  readonly leftOut: readonly { readonly row: MappedRow; readonly reason: Unshowable }[]
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
}

/** Keeps the rows whose technique is known and active in the release: Navigator skips all others without a word. */
export function selectRows(set: ResolvedSet, release: AttackReleaseView): RowSelection {
  const shown: MappedRow[] = []
  const leftOut: { row: MappedRow; reason: Unshowable }[] = []
  let unmappedCapabilities = 0
  let unmappedTechniques = 0
  for (const row of set.mappings) {
    if (row.kind === 'unmapped-capability') unmappedCapabilities++
    else if (row.kind === 'unmapped-technique') unmappedTechniques++
    else {
      const reason = whyUnshowable(row.technique.id, release)
      if (reason === undefined) shown.push(row)
      else leftOut.push({ row, reason })
    }
  }
  return { shown, leftOut, unmappedCapabilities, unmappedTechniques }
}
