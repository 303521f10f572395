import { createPairMap } from '../model/lookups.js'
import { compareText, foldName } from '../model/text.js'
import type { Mapping } from '../model/mapping.js'
import { contentKey, groupRows } from './keys.js'

/** A key for pairing rows of two sets: rows are paired if the texts of both sides are equal. */
export interface PairingKey {
  readonly left: (row: Mapping) => string
  readonly right: (row: Mapping) => string
}

/** Rows of two sets, paired one to one, and the rows left over. */
interface RowPairing {
  readonly pairs: readonly (readonly [left: Mapping, right: Mapping])[]
  readonly left: readonly Mapping[]
  readonly right: readonly Mapping[]
}

/**
 * Pairs the rows of two sets that have the same capability and technique: first those with equal content, then by each key in
 * turn, then any that are left. Rows with equal keys are paired in the order of their content, so that the order of rows and
 * sides makes no difference. Linear in the number of rows; times the number of keys for pairs with several rows.
 */
export function pairRows(left: readonly Mapping[], right: readonly Mapping[], keys: readonly PairingKey[]): RowPairing {
  const pairs: (readonly [Mapping, Mapping])[] = []
  const leftOver: Mapping[] = []
  const rightOver: Mapping[] = []
  for (const ofPair of groupPairs(left, right)) {
    let open: OpenRows = ofPair
    for (const key of [sameContent, ...keys, anything]) {
      const [one, other] = [open.left[0], open.right[0]]
      if (!one || !other) break
      if (open.left.length === 1 && open.right.length === 1) {
        pairs.push([one, other])
        open = noRows
      } else open = pairByKey(open, key, pairs)
    }
    for (const row of open.left) leftOver.push(row)
    for (const row of open.right) rightOver.push(row)
  }
  return { pairs, left: leftOver, right: rightOver }
}

interface OpenRows {
  readonly left: readonly Mapping[]
  readonly right: readonly Mapping[]
}

const noRows: OpenRows = { left: [], right: [] }

interface PairRows {
  left?: Mapping[]
  right?: Mapping[]
}

/** The rows of both sides, by capability and technique, or one of these alone. */
function* groupPairs(left: readonly Mapping[], right: readonly Mapping[]): Iterable<OpenRows> {
  const pairs = createPairMap<string | undefined, string | undefined, PairRows>()
  const pairOf = (row: Mapping): PairRows => {
    const capability = row.kind === 'unmapped-technique' ? undefined : row.capability.id
    const technique = row.kind === 'unmapped-capability' ? undefined : row.technique.id
    return pairs.get(capability, technique) ?? pairs.add(capability, technique, {})
  }
  for (const row of left) addRow(pairOf(row), 'left', row)
  for (const row of right) addRow(pairOf(row), 'right', row)
  for (const pair of pairs.values) yield { left: pair.left ?? [], right: pair.right ?? [] }
}

function addRow(pair: PairRows, side: keyof PairRows, row: Mapping): void {
  const rows = pair[side]
  if (rows) rows.push(row)
  else pair[side] = [row]
}

const sameContent: PairingKey = { left: contentKey, right: contentKey }
const anything: PairingKey = { left: () => '', right: () => '' }

/** Pairs rows with equal keys, as many as both sides have; the others remain open. */
function pairByKey({ left, right }: OpenRows, key: PairingKey, pairs: (readonly [Mapping, Mapping])[]): OpenRows {
  const openLeft: Mapping[] = []
  const openRight: Mapping[] = []
  const rights = groupRows(right, key.right)
  for (const [value, rows] of groupRows(left, key.left)) {
    const others = sortByContent(rights.get(value) ?? [])
    rights.delete(value)
    for (const [index, row] of sortByContent(rows).entries()) {
      const other = others[index]
      if (other) pairs.push([row, other])
      else openLeft.push(row)
    }
    for (const other of others.slice(rows.length)) openRight.push(other)
  }
  for (const rows of rights.values()) for (const row of rows) openRight.push(row)
  return { left: openLeft, right: openRight }
}

function sortByContent(rows: readonly Mapping[]): readonly Mapping[] {
  return rows.length < 2 ? rows : rows.toSorted((a, b) => compareText(contentKey(a), contentKey(b)))
}

/** Maps ids of either side to a text that is equal for ids with the same meaning. */
interface AlignedNames {
  readonly left: (id: string) => string
  readonly right: (id: string) => string
}

type Named = ReadonlyMap<string, { readonly name: string }>

/**
 * Matches the mapping types (or groups) of two sets: a page prints the name where a file has the id. Equal ids match; otherwise
 * ids or names that are equal apart from case and punctuation, if they are unique on both sides. Symmetric.
 */
export function alignNames(left: Named, right: Named): AlignedNames {
  const lefts = ownFolds(left, right)
  const rights = ownFolds(right, left)
  return { left: (id) => canonical(id, lefts, rights), right: (id) => canonical(id, rights, lefts) }
}

interface Folds {
  readonly ofId: ReadonlyMap<string, readonly string[]>
  /** Folded names that are unique on this side. */
  readonly unique: ReadonlySet<string>
}

/** Folded names of the ids that the other side does not have. */
function ownFolds(names: Named, others: Named): Folds {
  const ofId = new Map<string, readonly string[]>()
  const uses = new Map<string, number>()
  for (const [id, { name }] of names) {
    if (others.has(id)) continue
    const folds = [...new Set([foldName(id), foldName(name)])].filter((fold) => fold !== '').toSorted(compareText)
    ofId.set(id, folds)
    for (const fold of folds) uses.set(fold, (uses.get(fold) ?? 0) + 1)
  }
  return { ofId, unique: new Set(Array.from(uses).flatMap(([fold, count]) => (count === 1 ? [fold] : []))) }
}

function canonical(id: string, own: Folds, other: Folds): string {
  const fold = own.ofId.get(id)?.find((name) => own.unique.has(name) && other.unique.has(name))
  return fold === undefined ? `id ${id}` : `name ${fold}`
}
