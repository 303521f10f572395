import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt, type SeenRow } from '../../formats/rows.js'
import type { MappingSetDraft } from '../../model/mapping-set.js'
import type { Domain } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine, readLines } from '../reading/read-text.js'
import { readLayerDomain } from './layer-domain.js'

/** Content of a layer: a mapping set without its sources. */
export type LayerDraft = Omit<MappingSetDraft, 'sources'>

/** Properties of a layer as a whole. */
export interface LayerHead {
  readonly name: string
  readonly description?: string
  readonly domain?: Domain
  /** As written in the layer, usually a major version: "16". */
  readonly attackVersion?: string
  /** Metadata, in order. */
  readonly metadata: readonly (readonly [name: string, value: string])[]
  /** Legend labels by colour in lower case. */
  readonly legend: ReadonlyMap<string, string>
}

/** Properties of a layer in formats 1.0 to 4.5. Those of its appearance are known, but not read. */
const headFields: ReadonlySet<string> = new Set([
  'name', 'version', 'versions', 'domain', 'description', 'customDataURL', 'filters', 'sorting', 'layout', 'viewMode', 'viewFullTable',
  'hideDisabled', 'techniques', 'gradient', 'legendItems', 'showTacticRowBackground', 'tacticRowBackground',
  'selectTechniquesAcrossTactics', 'selectSubtechniquesWithParent', 'selectVisibleTechniques', 'metadata', 'links',
])

/** Reads the properties of a layer, except its techniques. Unknown ones are counted. */
export function readHead(layer: TreeObject, pointer: string, reader: FileReader): LayerHead {
  for (const key of Object.keys(layer)) if (!headFields.has(key)) reader.count('parse/unknown-field', key, pointer)
  const versions = isObject(layer.versions) ? layer.versions : {}
  // Some versions of Navigator wrote a number.
  const attack = typeof versions.attack === 'number'
    ? String(versions.attack)
    : readField(versions, 'attack', `${pointer}/versions`, 'versions.', reader)
  return {
    name: readField(layer, 'name', pointer, '', reader) ?? 'Unnamed layer',
    ...stated({
      description: readLines(layer.description, 'description', `${pointer}/description`, reader),
      domain: readLayerDomain(layer, pointer, reader),
      attackVersion: attack,
    }),
    metadata: readPairs(layer),
    legend: readLegend(layer),
  }
}

function readLegend({ legendItems }: TreeObject): ReadonlyMap<string, string> {
  const items = isList(legendItems) ? legendItems.filter(isObject) : []
  return new Map(items.flatMap(({ label, color }) => {
    const isLabelled = typeof label === 'string' && typeof color === 'string' && label.trim() !== ''
    return isLabelled ? [[color.toLowerCase(), label.trim()] as const] : []
  }))
}

/** An entry in a layer's list of techniques. */
export interface LayerEntry {
  readonly pointer: string
  /** Places of all equal entries: Navigator writes a technique once for each of its tactics. */
  readonly origins: readonly Origin[]
  /** Absent if null, which mapex writes for capabilities that map to no technique. */
  readonly techniqueId?: string
  /** A number, or the word that the layer has in its place. */
  readonly score?: string
  readonly comment?: string
  readonly color?: string
  readonly metadata: readonly (readonly [name: string, value: string])[]
  /** URLs of links. */
  readonly links: readonly string[]
}

const entryFields: ReadonlySet<string> = new Set([
  'techniqueID', 'tactic', 'comment', 'enabled', 'score', 'color', 'metadata', 'links', 'showSubtechniques', 'icon',
])

/**
 * Reads the entries of a layer that have content. Entries without any only expand a technique's sub-techniques, or are there
 * because Navigator lists all techniques: these are counted, as disabled entries are.
 */
export function readEntries(techniques: readonly TreeValue[], pointer: string, reader: FileReader): readonly LayerEntry[] {
  const entries = new Map<string, Omit<LayerEntry, 'origins'> & { origins: Origin[] }>()
  for (const [index, value] of techniques.entries()) {
    const at = `${pointer}/${index}`
    const entry = isObject(value) ? readEntry(value, at, reader) : undefined
    if (!isObject(value)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(value), expected: 'an object with a techniqueID' })
    }
    if (!entry) continue
    const { tactic, ...content } = entry
    const key = JSON.stringify(content)
    const same = tactic === undefined ? undefined : entries.get(key)
    if (same) same.origins.push(reader.origin(at))
    else entries.set(entries.has(key) ? `${key} ${at}` : key, { ...content, pointer: at, origins: [reader.origin(at)] })
  }
  return [...entries.values()]
}

function readEntry(value: TreeObject, pointer: string, reader: FileReader) {
  countUnknownFields(value, pointer, reader)
  if (isDisabled(value.enabled)) {
    reader.count('parse/disabled-technique', 'enabled: false', pointer)
    return undefined
  }
  const color = typeof value.color === 'string' && value.color.trim() !== '' ? value.color.trim().toLowerCase() : undefined
  const entry = {
    ...stated({
      score: readScore(value.score, pointer, reader),
      comment: readLines(value.comment, 'comment', `${pointer}/comment`, reader),
      color,
    }),
    metadata: readPairs(value),
    links: readLinks(value),
  }
  const isEmpty = Object.keys(entry).length === 2 && entry.metadata.length === 0 && entry.links.length === 0
  // A score that cannot be read is content too: the row remains without it.
  if (isEmpty && isBlank(value.score)) {
    if (value.showSubtechniques !== true) reader.count('parse/blank-technique', 'no score, comment, colour, link or metadata', pointer)
    return undefined
  }
  const techniqueId = readLine(value.techniqueID, 'techniqueID', `${pointer}/techniqueID`, reader)
  const tactic = typeof value.tactic === 'string' ? value.tactic : undefined
  return { ...entry, ...stated({ techniqueId, tactic }) }
}

/** CTID's program writes `category` beside the metadata that it sums up. */
function countUnknownFields(value: TreeObject, pointer: string, reader: FileReader): void {
  for (const key of Object.keys(value)) {
    if (entryFields.has(key) || (key === 'category' && readPairs(value).some(([name]) => name === 'category'))) continue
    reader.count('parse/unknown-field', `techniques.${key}`, pointer)
  }
}

/** Python programs write "False". */
function isDisabled(value: TreeValue | undefined): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false')
}

/** Navigator writes "" and null for no score. */
function isBlank(value: TreeValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** A number as JavaScript writes it; any other text, such as "high", as it is. Other values are reported. */
function readScore(value: TreeValue | undefined, pointer: string, reader: FileReader): string | undefined {
  if (isBlank(value)) return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') {
    const text = value.trim().replace(/\s+/g, ' ')
    return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? String(Number(text)) : text
  }
  const message = 'The score is not a number and was not read; the row was kept'
  reader.report('parse/unknown-value', `${pointer}/score`, { message, found: describeValue(value), expected: 'a number' })
  return undefined
}

function readLinks({ links }: TreeObject): readonly string[] {
  if (!isList(links)) return []
  return links.filter(isObject).flatMap(({ url }) => (typeof url === 'string' && url.trim() !== '' ? [url.trim()] : []))
}

/** Names and values of metadata; dividers and entries without a name are skipped. */
function readPairs({ metadata }: TreeObject): readonly (readonly [name: string, value: string])[] {
  if (!isList(metadata)) return []
  return metadata.flatMap((item) => {
    if (!isObject(item)) return []
    const { name, value } = item
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    if (typeof name !== 'string' || name.trim() === '') return []
    return [[name.trim(), typeof text === 'string' ? text.trim() : ''] as const]
  })
}

/** The entries that say something of a technique. Others expand it in the Navigator, or are there because all techniques are. */
export function seenEntries(techniques: readonly TreeValue[], pointer: string): readonly SeenRow[] {
  return itemsAt(techniques, pointer, '[]').filter((_row, index) => {
    const entry = techniques[index]
    if (!isObject(entry)) return true
    const { score, comment, color, metadata, links } = entry
    return [score, comment, color].some((value) => !isBlank(value)) || hasItem(metadata, 'name') || hasItem(links, 'url')
  })
}

/** Reports each row of an entry that was left out; entries of one technique, or of none, are one. */
export function refuseEntry({ origins, pointer }: LayerEntry, what: string, reader: FileReader): void {
  for (const { place } of origins) reader.count('parse/unreadable-row', what, pointer, place.kind === 'pointer' ? place.pointer : pointer)
}

function hasItem(list: TreeValue | undefined, field: string): boolean {
  return isList(list) && list.some((item) => isObject(item) && typeof item[field] === 'string' && !isBlank(item[field]))
}
