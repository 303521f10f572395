import { type AttackReleaseView, parentOf } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareText, foldName } from '../../model/text.js'
import type { Gradient, LegendItem } from '../matrix/score-rows.js'

/** A name and a value, both with text in them, or a line between entries. Layer format 4.5, "Metadata" and "Divider". */
export type MetadataItem = { readonly name: string; readonly value: string } | { readonly divider: true }

/** A labelled http(s) address, or a line between entries. Layer format 4.5, "Link". */
export type LinkItem = { readonly label: string; readonly url: string } | { readonly divider: true }

/** What is said of a technique, in every tactic it belongs to. Only `techniqueID` is there for a parent that is just opened. */
export interface LayerTechnique {
  readonly techniqueID: string
  readonly score?: number
  /** Instead of a score's colour. */
  readonly color?: string
  readonly comment?: string
  readonly metadata?: readonly MetadataItem[]
  readonly links?: readonly LinkItem[]
  readonly showSubtechniques?: true
}

/** An ATT&CK Navigator layer of format 4.5, as far as we write it. What is not stated is absent: Navigator hangs on nulls. */
export interface Layer {
  readonly name: string
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: '4.5' }
  readonly domain: `${'enterprise' | 'mobile' | 'ics'}-attack`
  readonly description: string
  readonly sorting: 3
  readonly layout: {
    readonly layout: 'side'
    readonly showID: boolean
    readonly showName: boolean
    readonly expandedSubtechniques: 'annotated'
  }
  readonly techniques: readonly LayerTechnique[]
  readonly gradient: Gradient
  readonly legendItems: readonly LegendItem[]
  readonly metadata: readonly MetadataItem[]
  readonly links: readonly LinkItem[]
}

/** One list of metadata, with a line between each two blocks. Blocks without entries leave no line behind. */
export function joinBlocks<Item extends object>(blocks: readonly (readonly Item[])[]): readonly (Item | { readonly divider: true })[] {
  const items: (Item | { readonly divider: true })[] = []
  for (const block of blocks) {
    if (block.length === 0) continue
    if (items.length > 0) items.push({ divider: true })
    for (const item of block) items.push(item)
  }
  return items
}

/**
 * The cells of a layer, sorted, with the parents of annotated sub-techniques opened: one that has no cell of its own gets an entry without
 * a score, only to be opened.
 */
export function openParents(cells: readonly LayerTechnique[], release: AttackReleaseView): readonly LayerTechnique[] {
  const present = new Set(cells.map(({ techniqueID }) => techniqueID))
  const parents = new Set(cells.flatMap(({ techniqueID }) => parentOf(techniqueID) ?? []))
  const added = Array.from(parents)
    .filter((id) => !present.has(id) && release.technique(id)?.status === 'active')
    .map((techniqueID): LayerTechnique => ({ techniqueID }))
  return [...cells, ...added]
    .map((cell) => (parents.has(cell.techniqueID) ? { ...cell, showSubtechniques: true as const } : cell))
    .toSorted((a, b) => compareText(a.techniqueID, b.techniqueID))
}

/** A JSON value without control characters, and how many of its strings were changed. */
interface CleanValue<Value> {
  readonly value: Value
  readonly changed: number
}

/**
 * Replaces control characters, except tab and line feed, by U+FFFD in every string of a JSON value: not all readers accept them. Keys
 * are ours and stay.
 */
export function cleanStrings<Value extends object>(value: Value): CleanValue<Value> {
  let changed = 0
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'string') return item
    const clean = item.replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    if (clean !== item) changed++
    return clean
  })
  return { value: changed === 0 ? value : JSON.parse(text), changed }
}

/** "AC-2 Account Management"; the name alone where it only repeats the id ("aws_cloudhsm", "AWS CloudHSM"). */
export function labelCapability(set: ResolvedSet, id: string): string {
  return joinIdAndName(id, set.capabilities.get(id)?.name)
}

/** The group's name: its id is seldom made for people. */
export function labelGroup(set: ResolvedSet, id: string): string {
  return set.groups.get(id)?.name ?? id
}

/** The mapping type's name as pages print it. */
export function labelRelation(set: ResolvedSet, id: string): string {
  return set.relations.get(id)?.name ?? id
}

/** What a row says of how its capability bears on its technique: "protect partial", or its mapping type. */
export function labelBearing(set: ResolvedSet, row: MappedRow): string {
  const score = [row.score?.category, row.score?.value].filter((part) => part !== undefined).join(' ')
  if (score !== '') return score
  return row.relation === undefined ? 'mapped' : labelRelation(set, row.relation)
}

/** With a capital at the start, as headings have. */
export function capitalise(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

function joinIdAndName(id: string, name: string | undefined): string {
  if (name === undefined) return id
  return foldName(id) === foldName(name) ? name : `${id} ${name}`
}
