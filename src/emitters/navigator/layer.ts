import { type AttackReleaseView, isBeforeStated, parentOf } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareText, foldName } from '../../model/text.js'
import type { Gradient, LegendItem } from '../matrix/score-rows.js'
import { joinStated } from '../table/set-facts.js'

/** A name and a value, neither of them blank, or a divider between entries. Layer format 4.5, "Metadata" and "Divider". */
export type MetadataItem = { readonly name: string; readonly value: string } | { readonly divider: true }

/** An http(s) URL with a label, or a divider between entries. Layer format 4.5, "Link". */
export type LinkItem = { readonly label: string; readonly url: string } | { readonly divider: true }

/** A technique in all its tactics. A parent that is only expanded has just `techniqueID` and `showSubtechniques`. */
export interface LayerTechnique {
  readonly techniqueID: string
  readonly score?: number
  /** Overrides the colour of the score. */
  readonly color?: string
  readonly comment?: string
  readonly metadata?: readonly MetadataItem[]
  readonly links?: readonly LinkItem[]
  readonly showSubtechniques?: true
}

/** An ATT&CK Navigator layer, format 4.5, with the properties that Crosswalk writes. None is null: Navigator hangs on nulls. */
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

/** Joins blocks of metadata with dividers; empty blocks are skipped. */
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
 * Sorts the cells of a layer by id and expands the parents of their sub-techniques. An active parent without a cell gets an entry
 * without a score.
 */
export function openParents(cells: readonly LayerTechnique[], release: AttackReleaseView): readonly LayerTechnique[] {
  const present = new Set<string>()
  const parents = new Set<string>()
  for (const { techniqueID } of cells) {
    present.add(techniqueID)
    const parent = parentOf(techniqueID)
    if (parent !== undefined) parents.add(parent)
  }
  const opened = cells.map((cell) => (parents.has(cell.techniqueID) ? { ...cell, showSubtechniques: true as const } : cell))
  for (const techniqueID of parents) {
    if (present.has(techniqueID)) continue
    if (release.technique(techniqueID)?.status === 'active' || isBeforeStated(release)) opened.push({ techniqueID, showSubtechniques: true })
  }
  return opened.toSorted((a, b) => compareText(a.techniqueID, b.techniqueID))
}

/** A JSON value without control characters, its text as layers are written, and the number of strings that were changed. */
interface CleanValue<Value> {
  readonly value: Value
  readonly text: string
  readonly changed: number
}

/** What control characters are in JSON: C1 and delete as they are, all others as escapes. `\\\\b` is a backslash and a "b", but rare. */
function mayHaveControls(json: string): boolean {
  return controlEscapes.some((escape) => json.includes(escape)) || /[\u007F-\u009F]/.test(json)
}

/** Searching for each takes a fifth of the time of one pattern with alternatives. */
const controlEscapes = ['\\b', '\\f', '\\r', '\\u00'] as const

/**
 * Replaces control characters, except tab and line feed, by U+FFFD in all strings of a JSON value, because some readers reject them.
 * Keys are not changed: Crosswalk's have none.
 */
export function cleanStrings<Value extends object>(value: Value): CleanValue<Value> {
  const whole = JSON.stringify(value, null, 2)
  if (!mayHaveControls(whole)) return { value, text: whole, changed: 0 }
  let changed = 0
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'string') return item
    const clean = item.replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    if (clean !== item) changed++
    return clean
  }, 2)
  return { value: changed === 0 ? value : JSON.parse(text), text, changed }
}

/** Label of a capability: "AC-2 Account Management", or the name alone if it repeats the id ("aws_cloudhsm", "AWS CloudHSM"). */
export function labelCapability(set: ResolvedSet, id: string): string {
  const known = labels.get(set) ?? new Map<string, string>()
  labels.set(set, known)
  const label = known.get(id) ?? joinIdAndName(id, set.capabilities.get(id)?.name)
  known.set(id, label)
  return label
}

/** Labels of capabilities, by set: each is in many cells. */
const labels = new WeakMap<ResolvedSet, Map<string, string>>()

/** Label of a group: its name, else its id. */
export function labelGroup(set: ResolvedSet, id: string): string {
  return set.groups.get(id)?.name ?? id
}

/** Label of a mapping type: its name, else its id. */
export function labelRelation(set: ResolvedSet, id: string): string {
  return set.relations.get(id)?.name ?? id
}

/** Label of a row's score ("protect partial"), else of its mapping type, else "mapped". */
export function labelMapping(set: ResolvedSet, row: MappedRow): string {
  const score = joinStated(row.score?.category, row.score?.value)
  if (score !== '') return score
  return row.relation === undefined ? 'mapped' : labelRelation(set, row.relation)
}

/** Makes the first letter a capital. */
export function capitalise(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

function joinIdAndName(id: string, name: string | undefined): string {
  if (name === undefined) return id
  return foldName(id) === foldName(name) ? name : `${id} ${name}`
}
