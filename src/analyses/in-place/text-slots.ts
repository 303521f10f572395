import type * as Yaml from 'yaml'
import { detectDelimiter } from '../../formats/csv/detect-delimiter.js'
import { endOfField } from '../../formats/csv/scan-records.js'

/** A text of a document that may be replaced: a string, a scalar, or a cell. */
export interface Slot {
  /** The text as the file contains it, without its quotes, with escapes replaced by spaces of the same length. */
  readonly raw: string
  /** Its offset in the file, or in a part of it. */
  readonly at: number
  /** What it means: `raw` without escapes. */
  readonly value: string
  /** The property that it is the value of, or the title of its column; that of the list for an item. */
  readonly key: string
  /** Whether it is itself the name of a property. */
  readonly isKey: boolean
  /** The object, row or list that contains it: an index into `parents`. */
  readonly record: number
  /** Writes another text in place of all of `raw`: quoted, where it must be. */
  readonly encode: (text: string) => string
  /** Writes a text that replaces a part of `raw`; undefined if that is only possible with quotes around the whole. */
  readonly escape: (text: string) => string | undefined
}

/** The texts of a document, and what contains them. */
export interface SlottedDocument {
  readonly slots: readonly Slot[]
  /** The container of each container; -1 for the outermost. */
  readonly parents: readonly number[]
}

/** A document whose containers are counted while it is read. */
interface Building {
  readonly slots: Slot[]
  readonly parents: number[]
}

/** The strings and numbers of a well-formed JSON text, or of several, a line each. Without recursion. */
export function jsonSlots(text: string): SlottedDocument {
  const { slots, parents }: Building = { slots: [], parents: [-1] }
  const open: { readonly record: number; readonly key: string; name: string; readonly isObject: boolean }[] = [
    { record: 0, key: '', name: '', isObject: false },
  ]
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]|-?\d[\d.eE+-]*/gs
  for (const { 0: found, index } of text.matchAll(token)) {
    const inner = open.at(-1)
    if (!inner) break
    const key = inner.isObject ? nestedKey(inner.key, inner.name) : inner.key
    if (found === '{' || found === '[') {
      parents.push(inner.record)
      open.push({ record: parents.length - 1, key: inner.isObject ? inner.name : inner.key, name: '', isObject: found === '{' })
    } else if (found === '}' || found === ']') {
      if (open.length > 1) open.pop()
    } else if (found.startsWith('"')) {
      const inside = found.slice(1, -1)
      const value = inside.includes('\\') ? String(JSON.parse(found)) : inside
      const isKey = inner.isObject && /^\s*:/.test(text.slice(index + found.length, index + found.length + 40))
      if (isKey) inner.name = value
      slots.push({
        raw: maskEscapes(inside), at: index + 1, value, key: isKey ? '' : key, isKey, record: inner.record,
        encode: escapeJson, escape: escapeJson,
      })
    } else {
      slots.push({ raw: found, at: index, value: found, key, isKey: false, record: inner.record, encode: asIs, escape: asIs })
    }
  }
  return { slots, parents }
}

/** A layer states its release in `versions.attack`. */
function nestedKey(parent: string, name: string): string {
  return parent === 'versions' ? `versions.${name}` : name
}

/** Escapes are replaced by spaces, except slashes: offsets stay, and \nT1562 begins with no letter. */
function maskEscapes(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(?:u[\da-fA-F]{4}|[^/])/gs, (escape) => ' '.repeat(escape.length)) : text
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function asIs(text: string): string {
  return text
}

/** The scalars of a YAML text that was decoded without a problem: its depth is limited. Comments, anchors and tags are no texts. */
export async function yamlSlots(text: string): Promise<SlottedDocument> {
  const yaml = await import('yaml')
  const building: Building = { slots: [], parents: [] }
  for (const document of yaml.parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false })) {
    building.parents.push(-1)
    if ('contents' in document) addNode(yaml, text, document.contents, { key: '', record: building.parents.length - 1 }, building)
  }
  return building
}

/** Where a node is: the property that it is the value of, and its container. */
interface YamlPlace {
  readonly key: string
  readonly record: number
  readonly isKey?: true
}

function addNode(yaml: typeof Yaml, text: string, node: unknown, place: YamlPlace, building: Building): void {
  const { slots, parents } = building
  if (yaml.isScalar(node)) {
    const slot = scalarSlot(yaml, text, node, place)
    if (slot) slots.push(slot)
    return
  }
  if (!yaml.isCollection(node)) return
  parents.push(place.record)
  const record = parents.length - 1
  if (yaml.isSeq(node)) for (const item of node.items) addNode(yaml, text, item, { key: place.key, record }, building)
  if (!yaml.isMap(node)) return
  for (const { key, value } of node.items) {
    addNode(yaml, text, key, { key: '', record, isKey: true }, building)
    addNode(yaml, text, value, { key: nestedKey(place.key, yaml.isScalar(key) ? scalarText(key.value) : ''), record }, building)
  }
}

function scalarSlot(
  yaml: typeof Yaml, text: string, { range, type, value }: Yaml.Scalar, { key, record, isKey }: YamlPlace,
): Slot | undefined {
  if (!range || value === null) return undefined
  const [start, end] = range
  const common = { value: scalarText(value), key, record, isKey: isKey === true }
  if (type === 'QUOTE_DOUBLE') {
    const raw = maskEscapes(text.slice(start + 1, end - 1))
    return { ...common, raw, at: start + 1, encode: escapeJson, escape: escapeJson }
  }
  if (type === 'QUOTE_SINGLE') {
    return { ...common, raw: text.slice(start + 1, end - 1), at: start + 1, encode: doubleQuotes, escape: doubleQuotes }
  }
  if (type === 'PLAIN') {
    const escape = (given: string): string | undefined => (isPlain(yaml, given) ? given : undefined)
    return {
      ...common, raw: text.slice(start, end), at: start, escape,
      encode: (given) => escape(given) ?? (/^\d+(?:\.\d+)?$/.test(given) ? given : `'${doubleQuotes(given)}'`),
    }
  }
  // A block: its header and indentation stay.
  return { ...common, raw: text.slice(start, end), at: start, encode: asIs, escape: (given) => (given.includes('\n') ? undefined : given) }
}

function doubleQuotes(text: string): string {
  return text.replaceAll("'", "''")
}

function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Whether a text in a plain scalar is text again. */
function isPlain(yaml: typeof Yaml, text: string): boolean {
  return /^[\p{L}\d][\p{L}\d ._/()+&'-]*$/u.test(text) && yaml.parse(text) === text
}

/** The cells of a CSV or TSV text; each row is a record, whose cells have the titles of the first row that has several. */
export function csvSlots(text: string): SlottedDocument {
  const { slots, parents }: Building = { slots: [], parents: [-1] }
  const start = text.startsWith('\uFEFF') ? 1 : 0
  const { delimiter } = detectDelimiter(text.slice(start))
  const code = delimiter.charCodeAt(0)
  let titles: readonly string[] | undefined
  let at = start
  while (at < text.length) {
    parents.push(0)
    const cells: string[] = []
    for (;;) {
      const { end, flaw } = endOfField(text, at, code)
      const field = text.slice(at, end)
      const isQuoted = field.startsWith('"') && flaw === undefined
      const raw = isQuoted ? field.slice(1, -1) : field
      const value = isQuoted ? raw.replaceAll('""', '"') : raw
      const encode = (given: string): string => (isQuoted ? given.replaceAll('"', '""') : quoteField(given, delimiter))
      slots.push({
        raw, at: isQuoted ? at + 1 : at, value, key: titles?.[cells.length] ?? '', isKey: false, record: parents.length - 1, encode,
        escape: (given) => (isQuoted || encode(given) === given ? encode(given) : undefined),
      })
      cells.push(value.trim())
      at = end + 1
      if (text.charCodeAt(end) !== code) break
    }
    if (text.charCodeAt(at - 1) === 13 && text.charCodeAt(at) === 10) at += 1
    if (!titles && cells.filter((cell) => cell !== '').length > 1) titles = cells
  }
  return { slots, parents }
}

function quoteField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
