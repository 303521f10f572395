import type { MappingSet } from './mapping-set.js'
import type { CapabilityRef, Mapping, Person, RowRelease, Score, TechniqueRef } from './mapping.js'
import type { Origin } from './origin.js'
import type { Own } from './stated.js'

/**
 * Lets the rows of sets that another thread sent share the texts and small objects that they have in common (`shareOfRow`): each row has
 * copies of its own, more than half of the memory of a large set.
 */
export function shareParts(sets: readonly MappingSet[]): void {
  for (const { mappings } of sets) {
    const share = shareOfRow()
    const text = createTextShare()
    for (const row of mappings) {
      share(row)
      shareWords(row)
      for (const origin of row.origins) shareOrigin(origin, text)
    }
  }
}

/**
 * Gives a function that lets rows share what they have in common with rows before them: mapping types, groups, references to capabilities and
 * techniques, scores, citations, comments. These are few, the rows many. In place, for rows to which nothing refers yet; values and the order
 * of properties stay.
 */
function shareOfRow(): (row: Own<Mapping>) => void {
  const text = createTextShare()
  const capability = createRefShare<CapabilityRef>(({ description }) => description)
  const technique = createRefShare<TechniqueRef>((ref) => (ref.object ? JSON.stringify(ref) : ref.name))
  const score = createShare<Score>()
  const references = createShare<readonly string[]>()
  const release = createShare<RowRelease>()
  const author = createShare<Person>()
  return (row) => {
    if (row.kind !== 'unmapped-technique') row.capability = capability(row.capability)
    if (row.kind !== 'unmapped-capability') row.technique = technique(row.technique)
    if (row.relation !== undefined) row.relation = text(row.relation)
    if (row.group !== undefined) row.group = text(row.group)
    if (row.comments !== undefined) row.comments = text(row.comments)
    if (row.references) row.references = references(row.references)
    if (row.score) row.score = score(row.score)
    if (row.release) row.release = release(row.release)
    if (row.author) row.author = author(row.author)
  }
}

/** Rows from which on sharing what they have in common is worth its time. */
const manyRows = 10_000

/** As `shareOfRow`, for rows of a document with so many: those of fewer stay as they are. */
export function shareOfMany(rows: number): (row: Own<Mapping>) => void {
  return rows < manyRows ? () => undefined : shareOfRow()
}

/** Values that are remembered at most: where there are more they are not few, and remembering them takes more memory than having them twice. */
const mostKnown = 20_000

function createTextShare(): (own: string) => string {
  const known = new Map<string, string>()
  return (own) => {
    const first = known.get(own)
    if (first === undefined && known.size < mostKnown) known.set(own, own)
    return first ?? own
  }
}

/** Gives the first of equal values with properties in the same order. */
function createShare<Value extends object>(): (own: Value) => Value {
  const known = new Map<string, Value>()
  return (own) => {
    const key = JSON.stringify(own)
    const first = known.get(key)
    if (first === undefined && known.size < mostKnown) known.set(key, own)
    return first ?? own
  }
}

/** As `createShare`, for values that their ids nearly always tell. `restOf`: what else they state. */
function createRefShare<Ref extends { readonly id: string }>(restOf: (ref: Ref) => string | undefined): (own: Ref) => Ref {
  const known = new Map<string, Ref>()
  const others = new Map<string, Ref>()
  return (own) => {
    const first = known.get(own.id)
    if (first === undefined) {
      known.set(own.id, own)
      return own
    }
    const rest = restOf(own)
    if (rest === restOf(first)) return first
    const key = JSON.stringify([own.id, rest])
    const other = others.get(key)
    if (other === undefined && others.size < mostKnown) others.set(key, own)
    return other ?? own
  }
}

/** Words of the program itself: assigned, they are its own. */
function shareWords(row: Own<Mapping>): void {
  if (row.kind === 'mapped') row.kind = 'mapped'
  if (row.status === 'complete') row.status = 'complete'
}

function shareOrigin(origin: Own<Origin>, text: (own: string) => string): void {
  origin.document = text(origin.document)
  const place: Own<Origin['place']> = origin.place
  if (place.kind === 'pointer') place.kind = 'pointer'
  if (place.kind === 'cell') place.sheet = text(place.sheet)
}
