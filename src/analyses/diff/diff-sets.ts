import { contentKey } from '../../matching/keys.js'
import { type PairingKey, pairRows } from '../../matching/pair-rows.js'
import { compareNaturally, compareText } from '../../model/compare-text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { diffCapabilities, diffFacts, diffTechniques } from './diff-facts.js'
import { createMeanings, type FieldChange, readField, type ReadMeaning, type RowChange, type RowField, rowFields, type SetDiff } from './set-diff.js'

/** What tells rows of one capability and technique apart, the weightiest first. */
const identifyingFields: readonly RowField[] = ['score_category', 'mapping_type', 'comments', 'score_value', 'capability_description']

/**
 * Compares two mapping sets of one framework and domain. Rows are matched one to one: same capability and technique first;
 * where those have several rows, rows that say the same, then those that agree in most of `tellingFields`, the first of them
 * counting most (docs/diff.md).
 */
export function diffSets(old: ResolvedSet, fresh: ResolvedSet): SetDiff {
  const { ofOld, ofNew } = createMeanings(old, fresh)
  const { pairs, left, right } = pairRows(old.mappings, fresh.mappings, pairingKeys(ofOld, ofNew))
  const changed: RowChange[] = []
  let respelled = 0
  for (const [before, after] of pairs) {
    const fields = rowFields.filter((field) => ofOld(before, field) !== ofNew(after, field))
    const changes = fields.map((field) => describeChange(before, after, field))
    if (changes.length > 0) changed.push({ old: before, new: after, fields: changes })
    else if (contentKey(before) !== contentKey(after)) respelled += 1
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

/** Agreement in all fields, then in every selection of the telling ones, from the weightiest selection to the lightest. */
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

/** By capability, then technique, numbers by their size; rows without a capability come last. */
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

/** The sets of two inputs that are to be compared, and those without a counterpart. */
export interface SetPairing {
  readonly pairs: readonly (readonly [old: ResolvedSet, fresh: ResolvedSet])[]
  readonly added: readonly ResolvedSet[]
  readonly removed: readonly ResolvedSet[]
}

/**
 * Pairs sets of one framework and domain. Where an input has several of them, sets of the same framework version and ATT&CK
 * version belong together, then those of the same framework version, then those of the same ATT&CK version; the rest in the
 * order of their versions.
 */
export function pairSets(old: readonly ResolvedSet[], fresh: readonly ResolvedSet[]): SetPairing {
  let open: { old: readonly ResolvedSet[]; fresh: readonly ResolvedSet[] } = { old: sortSets(old), fresh: sortSets(fresh) }
  const pairs: (readonly [ResolvedSet, ResolvedSet])[] = []
  for (const keyOf of keys) {
    const rest = new Map<string, ResolvedSet[]>()
    for (const set of open.fresh) rest.set(keyOf(set), [...(rest.get(keyOf(set)) ?? []), set])
    const left = open.old.filter((set) => {
      const other = rest.get(keyOf(set))?.shift()
      if (other) pairs.push([set, other])
      return other === undefined
    })
    open = { old: left, fresh: open.fresh.filter((set) => rest.get(keyOf(set))?.includes(set)) }
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
