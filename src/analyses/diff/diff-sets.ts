import { contentKey, haveSameContent } from '../../matching/keys.js'
import { type PairingKey, pairRows } from '../../matching/pair-rows.js'
import { compareNaturally, compareText } from '../../model/text.js'
import { addToList } from '../../model/stated.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { diffCapabilities, diffFacts, diffTechniques } from './diff-facts.js'
import {
  createMeanings, type FieldChange, type FieldValue, readField, type ReadMeaning, type RowChange, type RowField, rowFields, type SetDiff,
} from './set-diff.js'

/** The fields that identify a row among those of one capability and technique, most important first. */
const identifyingFields: readonly RowField[] = ['score_category', 'mapping_type', 'comments', 'score_value', 'capability_description']

/**
 * Compares two mapping sets of one framework and domain. Rows are paired one to one within a capability and technique: if these have
 * several rows, equal rows first, then those that agree in most of `identifyingFields`, where an earlier field outweighs all later
 * ones (docs/diff.md).
 */
export function diffSets(old: ResolvedSet, fresh: ResolvedSet): SetDiff {
  const { ofOld, ofNew } = createMeanings(old, fresh)
  const { pairs, left, right } = pairRows(old.mappings, fresh.mappings, pairingKeys(ofOld, ofNew))
  const changed: RowChange[] = []
  let respelled = 0
  for (const [before, after] of pairs) {
    // Nearly all.
    if (haveSameContent(before, after)) continue
    const fields = rowFields.filter((field) => !isSameText(readField(before, field), readField(after, field))
      && ofOld(before, field) !== ofNew(after, field))
    const changes = fields.map((field) => describeChange(before, after, field))
    if (changes.length > 0) changed.push({ old: before, new: after, fields: changes })
    else respelled += 1
  }
  return {
    old,
    new: fresh,
    facts: diffFacts(old, fresh),
    added: right.toSorted(compareRows),
    removed: left.toSorted(compareRows),
    changed: changed.toSorted((a, b) => compareRows(a.new, b.new) || compareRows(a.old, b.old)),
    same: pairs.length - changed.length,
    respelled,
    capabilities: diffCapabilities(old, fresh),
    techniques: diffTechniques(old, fresh),
  }
}

/** Equal texts mean the same on both sides, and most are equal. */
function isSameText(old: FieldValue | undefined, fresh: FieldValue | undefined): boolean {
  return old === fresh && typeof old !== 'object'
}

/** Keys of all fields, then of every selection of the identifying ones, from the most to the least important selection. */
function pairingKeys(ofOld: ReadMeaning, ofNew: ReadMeaning): readonly PairingKey[] {
  const selections = Array.from({ length: 2 ** identifyingFields.length - 1 }, (_, index) => {
    const bits = 2 ** identifyingFields.length - 1 - index
    return identifyingFields.filter((_field, position) => Math.floor(bits / 2 ** (identifyingFields.length - 1 - position)) % 2 === 1)
  })
  return [rowFields, ...selections].map((fields) => ({ left: joinMeanings(ofOld, fields), right: joinMeanings(ofNew, fields) }))
}

function joinMeanings(read: ReadMeaning, fields: readonly RowField[]): (row: Mapping) => string {
  return (row) => JSON.stringify(fields.map((field) => read(row, field)))
}

function describeChange(before: Mapping, after: Mapping, field: RowField): FieldChange {
  const old = readField(before, field)
  const fresh = readField(after, field)
  return { field, ...(old !== undefined && { old }), ...(fresh !== undefined && { new: fresh }) }
}

/** By capability in natural order, then by technique; rows without a capability last. */
function compareRows(a: Mapping, b: Mapping): number {
  const [capabilityA, techniqueA] = idsOf(a)
  const [capabilityB, techniqueB] = idsOf(b)
  return compareNaturally(capabilityA, capabilityB) || compareText(techniqueA, techniqueB)
    || compareText(contentKey(a), contentKey(b))
}

function idsOf(row: Mapping): readonly [capability: string, technique: string] {
  const last = '\u{10FFFF}'
  return [
    row.kind === 'unmapped-technique' ? last : row.capability.id,
    row.kind === 'unmapped-capability' ? '' : row.technique.id,
  ]
}

/** Pairs of sets to compare, and the sets without a counterpart. */
export interface SetPairing {
  readonly pairs: readonly (readonly [old: ResolvedSet, fresh: ResolvedSet])[]
  readonly added: readonly ResolvedSet[]
  readonly removed: readonly ResolvedSet[]
}

/**
 * Pairs sets of one framework and domain. If an input has several of them: first those of the same framework version and ATT&CK
 * version, then those of the same framework version, then those of the same ATT&CK version, then the rest in order of version.
 */
export function pairSets(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]): SetPairing {
  let open: { old: readonly ResolvedSet[]; fresh: readonly ResolvedSet[] } = { old: sortSets(old), fresh: sortSets(fresh) }
  const pairs: (readonly [ResolvedSet, ResolvedSet])[] = []
  for (const keyOf of keys) {
    const waiting = new Map<string, ResolvedSet[]>()
    // From the last to the first, to be taken from the end.
    for (const set of open.fresh.toReversed()) addToList(waiting, keyOf(set), set)
    const left = open.old.filter((set) => {
      const other = waiting.get(keyOf(set))?.pop()
      if (other) pairs.push([set, other])
      return other === undefined
    })
    const rest = new Set([...waiting.values()].flat())
    open = { old: left, fresh: open.fresh.filter((set) => rest.has(set)) }
  }
  return { pairs: pairs.toSorted(([a], [b]) => compareText(sortKey(a), sortKey(b))), added: open.fresh, removed: open.old }
}

const keys: readonly ((set: ResolvedSet) => string)[] = [
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, framework.version, attack.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, framework.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain, null, attack.version]),
  ({ framework, attack }) => JSON.stringify([framework.id, attack.domain]),
]

function sortSets(sets: readonly ResolvedSet[]): readonly ResolvedSet[] {
  return sets.toSorted((a, b) => compareText(sortKey(a), sortKey(b)))
}

function sortKey({ framework, attack }: ResolvedSet): string {
  return JSON.stringify([framework.id, attack.domain, framework.version, attack.version])
}
