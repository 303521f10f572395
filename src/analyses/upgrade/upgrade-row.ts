import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import { parentOf } from './release-pair.js'

/** Where a row ends up: in the release of its set, or in one that it states itself. */
export interface RowPlace {
  readonly technique: TechniqueRef | undefined
  /** The ATT&CK version that the row must state; undefined where its set's holds. */
  readonly attackVersion: string | undefined
}

/** The row with another technique and release; the very same row where nothing changes. Its origins stay. */
export function upgradeRow(row: Mapping, { technique, attackVersion }: RowPlace): Mapping {
  const released = row.release?.attackVersion === attackVersion ? row : stateRelease(row, attackVersion)
  if (technique === undefined || released.kind === 'unmapped-capability') return released
  const { id, name } = released.technique
  if (technique.id === id && technique.name === name) return released
  const changed = { ...released, technique }
  return technique.id === id ? changed : relateScore(changed, id, technique.id)
}

function stateRelease(row: Mapping, attackVersion: string | undefined): Mapping {
  const { release, ...rest } = row
  const { attackVersion: _former, ...others } = release ?? {}
  const stated = { ...others, ...(attackVersion !== undefined && { attackVersion }) }
  return Object.keys(stated).length === 0 ? rest : { ...rest, release: stated }
}

/** CTID's related score names the parent of a sub-technique: it follows, or goes where there is no parent any more. */
function relateScore(row: Mapping, from: string, to: string): Mapping {
  const { score, ...rest } = row
  if (score?.related === undefined || score.related !== parentOf(from)) return row
  const { related: _former, ...others } = score
  const related = parentOf(to)
  const kept = { ...others, ...(related !== undefined && { related }) }
  return Object.keys(kept).length === 0 ? rest : { ...rest, score: kept }
}
