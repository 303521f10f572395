import { createRelationshipIds, type StixId } from '../objects/stix-id.js'
import type { RelationshipDraft, RowInBundle, SetInBundle } from './drafts.js'
import type { MappedRow } from '../../model/mapping.js'

/** What relationships have in common, by the numbers that the columns of the table have for them. */
interface RelationshipParts {
  readonly sets: readonly SetInBundle[]
  readonly kinds: readonly Pick<RelationshipDraft, 'type' | 'isReversed'>[]
  readonly capabilities: readonly { readonly id: StixId }[]
  readonly techniques: readonly StixId[]
}

/** Relationships by their numbers, in order of appearance. */
export interface RelationshipTable {
  readonly count: () => number
  idOf(relationship: number): StixId
  /** The number of its technique. */
  techniqueOf(relationship: number): number
  /** Made anew at each call. */
  draft(relationship: number): RelationshipDraft
  /** Adds a row, by its number in its set, and returns its relationship, and its number in that. */
  add(set: number, row: number, kind: number, capability: number, technique: number): { readonly relationship: number; readonly nth: number }
}

/**
 * Creates a table for at most so many rows. Its columns are 60 bytes for a row: with an object, an id and a list of rows for each relationship,
 * they were most of the memory of a large bundle.
 */
export function createRelationshipTable(mostRows: number, { sets, kinds, capabilities, techniques }: RelationshipParts): RelationshipTable {
  const ids = createRelationshipIds(mostRows)
  const column = (): Int32Array => new Int32Array(mostRows)
  const [kindOf, capabilityOf, techniqueOf, firstOf, lastOf, rowsOf] = [column(), column(), column(), column(), column(), column()]
  // Rows by the order in which they were added: their set, their number in it, and plus 1 the next row of their relationship.
  const [setOf, numberOf, nextOf] = [column(), column(), column()]
  let [count, added] = [0, 0]

  /** Numbers of relationships plus 1, by a hash of their columns; at least half of the slots are free. */
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * mostRows + 1)))
  function slotOf(kind: number, capability: number, technique: number): number {
    const hash = Math.imul(Math.imul(capability, 31) + kind, 0x9e3779b1) ^ Math.imul(technique, 0x85ebca6b)
    let slot = (hash ^ hash >>> 15) & slots.length - 1
    for (let known = slots[slot] ?? 0; known !== 0; known = slots[slot] ?? 0) {
      if (techniqueOf[known - 1] === technique && capabilityOf[known - 1] === capability && kindOf[known - 1] === kind) break
      slot = slot + 1 & slots.length - 1
    }
    return slot
  }

  /** Numbers the next relationship. */
  function create(kind: number, capability: number, technique: number): number {
    kindOf[count] = kind
    capabilityOf[count] = capability
    techniqueOf[count] = technique
    firstOf[count] = added
    const { type, source, target } = endsOf(count)
    ids.derive(count, type, source, target)
    count += 1
    return count
  }

  function endsOf(relationship: number) {
    const { type, isReversed } = at(kinds, kindOf[relationship])
    const { id: capability } = at(capabilities, capabilityOf[relationship])
    const technique = at(techniques, techniqueOf[relationship])
    return isReversed ? { type, isReversed, capability, technique, source: technique, target: capability }
      : { type, isReversed, capability, technique, source: capability, target: technique }
  }

  function rowAt(nth: number): RowInBundle<MappedRow> {
    const from = at(sets, setOf[nth])
    const row = at(from.set.mappings, numberOf[nth])
    if (row.kind !== 'mapped') throw new Error('A row that is not mapped has no relationship')
    return { from, row }
  }

  return {
    count: () => count,
    idOf: (relationship) => ids.show(relationship),
    techniqueOf: (relationship) => techniqueOf[relationship] ?? 0,
    draft(relationship) {
      const { type, isReversed, capability, technique } = endsOf(relationship)
      const first = firstOf[relationship] ?? 0
      const rows = [rowAt(first)]
      for (let next = nextOf[first] ?? 0; next !== 0; next = nextOf[next - 1] ?? 0) rows.push(rowAt(next - 1))
      return { id: ids.show(relationship), type, isReversed, capability, technique, from: at(sets, setOf[first]), rows }
    },
    add(set, row, kind, capability, technique) {
      const slot = slotOf(kind, capability, technique)
      const known = slots[slot] ?? 0
      const number = known === 0 ? create(kind, capability, technique) : known
      slots[slot] = number
      const relationship = number - 1
      if (known !== 0) nextOf[lastOf[relationship] ?? 0] = added + 1
      lastOf[relationship] = added
      setOf[added] = set
      numberOf[added] = row
      added += 1
      const nth = rowsOf[relationship] ?? 0
      rowsOf[relationship] = nth + 1
      return { relationship, nth }
    },
  }
}

/** The item at an index, which a column has. */
function at<Item>(items: readonly Item[], index: number | undefined): Item {
  const item = index === undefined ? undefined : items[index]
  if (item === undefined) throw new Error(`Nothing has the number ${String(index)}`)
  return item
}
