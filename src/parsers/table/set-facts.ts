import type { Person, RowRelease } from '../../model/mapping.js'
import type { About, AttackRelease, Capability, FrameworkRelease, Group, Relation } from '../../model/mapping-set.js'

/** What belongs to a set and stands in no row: our tables carry it in their metadata file, our workbooks on the sheet Read me. */
export interface SetFacts {
  readonly framework: FrameworkRelease
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  /** Those of which the rows do not tell everything. */
  readonly capabilities: readonly Capability[]
  /** What single rows say beside their cells, by their ids. */
  readonly details: ReadonlyMap<string, RowFacts>
}

/** What a row says beside its cells. */
export interface RowFacts {
  readonly author?: Person
  readonly release?: RowRelease
}
