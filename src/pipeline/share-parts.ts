import type { MappingSet } from '../model/mapping-set.js'
import type { CapabilityRef, Mapping, Person, RowRelease, Score, TechniqueRef } from '../model/mapping.js'
import type { Origin } from '../model/origin.js'

/**
 * Lets the rows of sets share the texts and small objects that they have in common: mapping types, groups, references to capabilities and
 * techniques, scores. They are few, but each row that another thread sent has copies of its own, more than half of the memory of a large set.
 * In place, since nothing else refers to such rows yet; values and the order of properties stay.
 */
export function shareParts(sets: readonly MappingSet[]): void {
  for (const { mappings } of sets) {
    const shares = createShares()
    for (const row of mappings) shareRow(row, shares)
  }
}

interface Shares {
  readonly text: (own: string) => string
  readonly capability: (own: CapabilityRef) => CapabilityRef
  readonly technique: (own: TechniqueRef) => TechniqueRef
  readonly score: (own: Score) => Score
  readonly release: (own: RowRelease) => RowRelease
  readonly author: (own: Person) => Person
}

function createShares(): Shares {
  return {
    text: createShare((text) => text),
    capability: createShare(({ id, description }) => (description === undefined ? id : `${id}\n${description}`)),
    technique: createShare((technique) => (technique.name === undefined && !technique.object ? technique.id : JSON.stringify(technique))),
    score: createShare((score) => JSON.stringify(score)),
    release: createShare((release) => JSON.stringify(release)),
    author: createShare((author) => JSON.stringify(author)),
  }
}

/** Gives the first of equal values, which have equal keys. */
function createShare<Value>(keyOf: (own: Value) => string): (own: Value) => Value {
  const known = new Map<string, Value>()
  return (own) => {
    const key = keyOf(own)
    const first = known.get(key)
    if (first === undefined) known.set(key, own)
    return first ?? own
  }
}

type Own<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] }

function shareRow(row: Own<Mapping>, { text, capability, technique, score, release, author }: Shares): void {
  if (row.kind !== 'unmapped-technique') row.capability = capability(row.capability)
  if (row.kind !== 'unmapped-capability') row.technique = technique(row.technique)
  if (row.relation !== undefined) row.relation = text(row.relation)
  if (row.group !== undefined) row.group = text(row.group)
  if (row.score) row.score = score(row.score)
  if (row.release) row.release = release(row.release)
  if (row.author) row.author = author(row.author)
  shareWords(row)
  for (const origin of row.origins) shareOrigin(origin, text)
}

/** Words of the program itself: assigned, they are its own. */
function shareWords(row: Own<Mapping>): void {
  if (row.kind === 'mapped') row.kind = 'mapped'
  if (row.status === 'complete') row.status = 'complete'
}

function shareOrigin(origin: Own<Origin>, text: Shares['text']): void {
  origin.document = text(origin.document)
  const place: Own<Origin['place']> = origin.place
  if (place.kind === 'pointer') place.kind = 'pointer'
  if (place.kind === 'cell') place.sheet = text(place.sheet)
}
