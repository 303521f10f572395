import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Score } from '../../model/mapping.js'
import { shortenText } from '../../model/text.js'
import { rankBearing } from '../matrix/score-rows.js'
import { capitalise, labelCapability, labelGroup, labelMapping } from './layer.js'

/** Of labels in a cell's comment. */
const longestLabel = 60
/** Navigator does not wrap names of metadata: a long one leaves no room for the value. */
const longestName = 24
const longestCapabilityName = 48
/** Of values of metadata. */
export const longestValue = 240

/** A row as cells show it, with the texts of its capability and of its kind, which it shares with many rows. */
export interface LayerRow {
  readonly row: MappedRow
  readonly capability: CapabilityTexts
  readonly kind: KindTexts
  /** The label of the row's group; empty if it has none, or one that only repeats the capability, as in the cloud frameworks. */
  readonly heading: string
}

/** What cells write of a capability. */
export interface CapabilityTexts {
  readonly id: string
  /** Its place among the capabilities of the rows shown, by id: numbers are compared faster than ids. */
  readonly order: number
  readonly label: string
  /** The label as comments have it. */
  readonly short: string
  /** "Account Management (AC-2)": the id comes last and is never shortened, so that it can be read back. */
  readonly named: string
  readonly isNameCut: boolean
}

/** What cells write of a row's score, else of its mapping type: "protect partial", "mitigates". */
export interface KindTexts {
  readonly label: string
  /** The label as comments have it: "Protect partial". */
  readonly title: string
  /** The label as metadata have it. */
  readonly name: string
  /** Sorts kinds for people. */
  readonly rank: number
}

/** Adds what cells write to the rows of a set, in their order. */
export function labelRows(set: ResolvedSet, rows: readonly MappedRow[]): readonly LayerRow[] {
  const texts: SharedTexts = { orders: orderCapabilities(rows), capabilities: new Map(), unscored: new Map(), scored: new Map() }
  return rows.map((row) => labelRow(set, row, texts))
}

/** The texts of a set's capabilities and kinds. */
interface SharedTexts {
  readonly orders: ReadonlyMap<string, number>
  readonly capabilities: Map<string, CapabilityTexts>
  /** Most rows have no score. */
  readonly unscored: Map<string | undefined, KindTexts>
  readonly scored: Map<string, KindTexts>
}

function labelRow(set: ResolvedSet, row: MappedRow, { orders, capabilities, unscored, scored }: SharedTexts): LayerRow {
  const { id } = row.capability
  let capability = capabilities.get(id)
  if (!capability) {
    capability = describeCapability(set, id, orders.get(id) ?? 0)
    capabilities.set(id, capability)
  }
  const kind = row.score === undefined
    ? takeKind(set, row, unscored, row.relation)
    : takeKind(set, row, scored, keyOfScore(row.score, row.relation))
  const group = row.group === undefined ? '' : labelGroup(set, row.group)
  return { row, capability, kind, heading: group === capability.label ? '' : group }
}

function orderCapabilities(rows: readonly MappedRow[]): ReadonlyMap<string, number> {
  const ids = new Set<string>()
  for (const { capability } of rows) ids.add(capability.id)
  const orders = new Map<string, number>()
  // Without a function, texts are sorted by UTF-16 code units, as by `compareText`, but faster.
  for (const id of [...ids].toSorted()) orders.set(id, orders.size)
  return orders
}

function describeCapability(set: ResolvedSet, id: string, order: number): CapabilityTexts {
  const label = labelCapability(set, id)
  const name = set.capabilities.get(id)?.name
  const cut = name === undefined ? undefined : shortenText(name, longestCapabilityName)
  return {
    id,
    order,
    label,
    short: shortenText(label, longestLabel),
    named: cut === undefined ? id : `${cut} (${id})`,
    isNameCut: cut !== name,
  }
}

/** Makes the texts of a kind once. */
function takeKind<Key>(set: ResolvedSet, row: MappedRow, kinds: Map<Key, KindTexts>, key: Key): KindTexts {
  const known = kinds.get(key)
  if (known) return known
  const label = labelMapping(set, row)
  const title = shortenText(capitalise(label.replaceAll('_', ' ')), longestLabel)
  const kind = { label, title, name: shortenText(orBlank(label), longestName), rank: rankBearing(row) }
  kinds.set(key, kind)
  return kind
}

/** The lengths keep texts apart that are the same only when joined. */
function keyOfScore({ category = '', value = '' }: Score, relation = ''): string {
  return `${category.length} ${value.length} ${category}${value}${relation}`
}

/** Replaces a blank text, because Navigator silently drops entries without text. */
export function orBlank(text: string): string {
  return text.trim() === '' ? '(blank)' : text
}

/** The rows by capability, in their order for each. Most documents have them so. */
export function orderByCapability(rows: readonly LayerRow[]): readonly LayerRow[] {
  let last = 0
  for (const { capability: { order } } of rows) {
    if (order < last) return rows.toSorted((a, b) => a.capability.order - b.capability.order)
    last = order
  }
  return rows
}

/** The number of capabilities of rows that are ordered by capability. */
export function countCapabilities(rows: readonly LayerRow[]): number {
  let count = 0
  let last = -1
  for (const { capability: { order } } of rows) {
    if (order !== last) count++
    last = order
  }
  return count
}
