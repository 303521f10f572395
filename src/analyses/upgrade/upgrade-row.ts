import { describeReview } from '../../matching/join-rows.js'
import { pairKey } from '../../matching/keys.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import { parentOf } from './release-pair.js'
import { type RowChange, techniqueOf } from './row-change.js'

/** Where a row ends up: in the release of its set, or in one that it states itself. */
interface RowPlace {
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

/** What an auditor judged: the technique, and the release of ATT&CK where one is stated. */
interface Reviewed {
  readonly technique: string
  readonly attackVersion: string | undefined
}

/**
 * A row that maps to another technique now, without the verdict and the initials that were given for the former one: nobody has
 * signed this. What they were is kept in the remark.
 */
export function withdrawReview(row: Mapping, { technique, attackVersion }: Reviewed): Mapping {
  const { review } = row
  if (!isSigned(row) || !review) return row
  const release = attackVersion === undefined ? '' : ` of ATT&CK ${attackVersion}`
  return { ...row, review: { remark: `Before the upgrade, on ${technique}${release}: ${describeReview(review)}` } }
}

/** Whether an auditor gave a verdict on the row, or initials. */
export function isSigned({ review }: Mapping): boolean {
  return review?.verdict !== undefined || review?.initials !== undefined
}

/**
 * Says of each row that got another technique whether one that had a different technique before now maps the same capability to
 * the same technique, by the same mapping type and score category.
 */
export function noteSameRows(changes: readonly RowChange[]): readonly RowChange[] {
  const changed = changes.filter(hasOtherTechnique)
  if (changed.length === 0) return changes
  // Few techniques are new in a set: only their rows are compared. Of each former technique the first row counts.
  const ids = new Set(changed.map(({ after }) => techniqueOf(after)?.id))
  const groups = new Map<string, Map<string | undefined, Mapping>>()
  for (const { before, after } of changes) {
    if (!after || !ids.has(techniqueOf(after)?.id)) continue
    const key = sameKey(after)
    const firsts = groups.get(key) ?? new Map<string | undefined, Mapping>()
    groups.set(key, firsts)
    const former = techniqueOf(before)?.id
    if (!firsts.has(former)) firsts.set(former, after)
  }
  return changes.map((change) => {
    if (!change.after || !hasOtherTechnique(change)) return change
    const former = techniqueOf(change.before)?.id
    const [, sameAs] = [...groups.get(sameKey(change.after)) ?? []].find(([id]) => id !== former) ?? []
    return sameAs ? { ...change, sameAs } : change
  })
}

function hasOtherTechnique({ before, after }: RowChange): boolean {
  return after !== undefined && techniqueOf(before)?.id !== techniqueOf(after)?.id
}

function sameKey(row: Mapping): string {
  return JSON.stringify([pairKey(row), row.relation, row.score?.category, row.release?.domain])
}
