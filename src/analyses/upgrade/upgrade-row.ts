import { parentOf } from '../../attack/attack-index.js'
import { describeReview, joinInShort, joinOrigins, reviewsConflict } from '../../matching/join-rows.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { isOpen, type RowChange, techniqueOf } from './row-change.js'

/** The technique and release of an upgraded row. */
interface RowPlace {
  readonly technique: TechniqueRef | undefined
  /** The ATT&CK version that the row must state; undefined if its set's applies. */
  readonly attackVersion: string | undefined
}

/** Returns the row with another technique and release, or the row itself if nothing changes. Its origins stay. */
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

/** CTID's related score names the parent of a sub-technique: replaces it by the new parent, or removes it if there is none. */
function relateScore(row: Mapping, from: string, to: string): Mapping {
  const { score, ...rest } = row
  if (score?.related === undefined || score.related !== parentOf(from)) return row
  const { related: _former, ...others } = score
  const related = parentOf(to)
  const kept = { ...others, ...(related !== undefined && { related }) }
  return Object.keys(kept).length === 0 ? rest : { ...rest, score: kept }
}

/** The technique that an auditor reviewed, and the ATT&CK version if one is stated. */
interface Reviewed {
  readonly technique: string
  readonly attackVersion: string | undefined
}

/**
 * Removes the auditor's verdict and initials from a row that now maps to another technique, since the auditor did not sign that.
 * The remark keeps them.
 */
export function withdrawReview(row: Mapping, { technique, attackVersion }: Reviewed): Mapping {
  const { review } = row
  if (!isSigned(row) || !review) return row
  const release = attackVersion === undefined ? '' : ` of ATT&CK ${attackVersion}`
  return { ...row, review: { remark: `Before the upgrade, on ${technique}${release}: ${describeReview(review)}` } }
}

/** Whether the row has an auditor's verdict or initials. */
export function isSigned({ review }: Mapping): boolean {
  return review?.verdict !== undefined || review?.initials !== undefined
}

/**
 * Sets `sameAs` of each row that got another technique, if a row that had a different technique before now maps the same capability
 * to the same technique, with the same mapping type and score category.
 */
export function noteSameRows(changes: readonly RowChange[]): readonly RowChange[] {
  const changed = changes.filter(hasOtherTechnique)
  if (changed.length === 0) return changes
  // Only rows of new techniques are compared, which are few. For each former technique, the first row counts.
  const ids = new Set(changed.map(({ after }) => techniqueOf(after)?.id))
  const groups = new Map<string, Map<string | undefined, Mapping>>()
  const keys = new Map<RowChange, string>()
  for (const change of changes) {
    const { before, after } = change
    if (!after || !ids.has(techniqueOf(after)?.id)) continue
    const key = sameKey(after)
    keys.set(change, key)
    const firsts = groups.get(key) ?? new Map<string | undefined, Mapping>()
    groups.set(key, firsts)
    const former = techniqueOf(before)?.id
    if (!firsts.has(former)) firsts.set(former, after)
  }
  return changes.map((change) => {
    if (!change.after || !hasOtherTechnique(change)) return change
    const former = techniqueOf(change.before)?.id
    const sameAs = firstOfOther(groups.get(keys.get(change) ?? ''), former)
    return sameAs ? { ...change, sameAs } : change
  })
}

function firstOfOther(firsts: ReadonlyMap<string | undefined, Mapping> | undefined, former: string | undefined): Mapping | undefined {
  for (const [id, first] of firsts ?? []) if (id !== former) return first
  return undefined
}

function hasOtherTechnique({ before, after }: RowChange): boolean {
  return after !== undefined && techniqueOf(before)?.id !== techniqueOf(after)?.id
}

function sameKey(row: Mapping): string {
  const capability = row.kind === 'unmapped-technique' ? undefined : row.capability.id
  return JSON.stringify([row.kind, capability, techniqueOf(row)?.id, row.relation, row.score?.category, row.release?.domain])
}

/** What to do with rows that have become the same: keep both, merge them, or keep both and ask a person. */
export const onDuplicateChoices = ['keep', 'merge', 'ask'] as const
export type OnDuplicate = (typeof onDuplicateChoices)[number]

/**
 * Merges rows that have become the same into the first of them, if nothing that they state contradicts: comments and references of both
 * stay. Rows that a person decided to keep, and rows that contradict, stay apart, and keep their `sameAs`.
 */
export function mergeSameRows(changes: readonly RowChange[], idOf: (index: number) => string): readonly RowChange[] {
  const keys = new Set(changes.flatMap(({ after, sameAs }) => (after && sameAs ? [sameKey(after)] : [])))
  const firsts = new Map<string, number[]>()
  const merged = [...changes]
  const parts = new Map<number, Mapping[]>()
  for (const [index, change] of changes.entries()) {
    const { after, before, decision } = change
    const key = after && sameKey(after)
    if (!after || key === undefined || !keys.has(key) || decision || isOpen(change)) continue
    const into = (firsts.get(key) ?? []).find((first) => {
      const other = merged[first]
      return other?.after && techniqueOf(other.before)?.id !== techniqueOf(before)?.id && agree(other.after, after)
    })
    const target = into === undefined ? undefined : merged[into]
    if (into === undefined || !target?.after) {
      if ((firsts.get(key)?.length ?? 0) < mostKept) addToList(firsts, key, index)
      continue
    }
    const { sameAs: _sameAs, ...rest } = target
    if (!parts.has(into)) parts.set(into, [target.after])
    parts.get(into)?.push(after)
    merged[into] = { ...rest, after: joinInShort(target.after, after) }
    const { sameAs: _own, ...own } = change
    merged[index] = { ...own, after: undefined, mergedInto: idOf(target.index) }
  }
  return merged.map((change, index) => {
    const joined = parts.get(index)
    return joined && change.after ? { ...change, after: { ...change.after, ...mergeLists(joined) } } : change
  })
}

/** Rows of one key that others are compared with: a document may contain any number of equal rows. */
const mostKept = 20

/** Whether two rows contradict each other in nothing but their comments and references. */
function agree(first: Mapping, second: Mapping): boolean {
  const fields = ['group', 'status', 'author', 'release'] as const
  return fields.every((field) => isCompatible(first[field], second[field]))
    && isCompatible(first.score?.value, second.score?.value) && !reviewsConflict(first.review, second.review)
}

function isCompatible(first: unknown, second: unknown): boolean {
  return first === undefined || second === undefined || JSON.stringify(first) === JSON.stringify(second)
}

/** What rows that become one state together: origins, comments and references. */
function mergeLists(rows: readonly Mapping[]): Pick<Mapping, 'origins' | 'completed' | 'comments' | 'references'> {
  const references = [...new Set(rows.flatMap((row) => row.references ?? []))]
  const comments = mergeComments(rows)
  return { ...joinOrigins(rows), ...(comments !== '' && { comments }), ...(references.length > 0 && { references }) }
}

/** All comments, without those that repeat all before them. */
function mergeComments(rows: readonly Mapping[]): string {
  const lines: string[] = []
  let length = -1
  for (const { comments } of rows) {
    if (comments === undefined || (comments.length === length && comments === lines.join('\n'))) continue
    lines.push(comments)
    length += comments.length + 1
  }
  return lines.join('\n')
}
