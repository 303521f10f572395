import type { AttackReleaseView } from '../../attack/attack-index.js'
import type { MappedRow } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'

const layerTechniqueId = /^T\d{4}(?:\.\d{3})?$/

/** Why Navigator would skip a technique in silence. */
export type Unshowable = 'unknown' | 'revoked' | 'deprecated'

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

/** Why a technique can't be shown in a layer of the release; undefined where it can. */
export function whyUnshowable(id: string, release: AttackReleaseView): Unshowable | undefined {
  const technique = layerTechniqueId.test(id) ? release.technique(id) : undefined
  if (!technique) return 'unknown'
  return technique.status === 'active' ? undefined : technique.status
}
