import { parseAllDocuments } from 'yaml'
import type { Place } from '../../src/model/origin.js'
import type { Statements } from '../../src/parsers/parser.js'
import { makeWorkbook } from '../support/make-workbook.js'
import { readCsv } from '../support/mutate-document.js'

/** A row of a document, which is mutated as a whole: an item of the main list of a tree, a record of a table, a piece of a text. */
export interface Unit {
  /** The row of the real document that it was made of; copies have the same. */
  readonly id: number
  /** The item (or the name and the value of a member), the cells, or the text. */
  readonly value: unknown
  readonly touched: boolean
}

/** A real document, divided into its rows and the frame around them. */
export interface FuzzDocument {
  readonly name: string
  /** The parser to name, for those that are only used when they are named. */
  readonly from?: string
  readonly statements?: Statements
  readonly kind: 'tree' | 'table' | 'text'
  /** A tree: its value without the main list. A table: its first record. */
  readonly frame: unknown
  /** A tree: the names on the way to the main list. */
  readonly path: readonly string[]
  readonly units: readonly Unit[]
}

/** Lossless ways of writing a document: the same content is read of each. */
export const encodings = ['plain', 'bom', 'utf-16le', 'utf-16be', 'crlf', 'pretty', 'unquoted', 'semicolons', 'tabs', 'xlsx'] as const
export type Encoding = (typeof encodings)[number]

/** A document as bytes, and the index of the row that a place is in; undefined for places in the frame. */
export interface Rendered {
  readonly name: string
  readonly bytes: Uint8Array
  readonly unitAt: (place: Place) => number | undefined
}

/** Divides a text into rows, of lists at most `most`. Undefined if it cannot be parsed. */
export function divide(file: Pick<FuzzDocument, 'name' | 'from' | 'statements'> & { readonly content: string }, most = 25): FuzzDocument | undefined {
  const { content, ...rest } = file
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1)
  const make = (kind: FuzzDocument['kind'], values: readonly unknown[], frame?: unknown, path: readonly string[] = []): FuzzDocument => (
    { ...rest, kind, frame, path, units: values.map((value, id) => ({ id, value, touched: false })) }
  )
  try {
    switch (extension) {
      case 'json': case 'yaml': case 'yml': {
        const value = shorten(extension === 'json' ? JSON.parse(content) : readYaml(content), most)
        const path = findMainList(value)
        return make('tree', unitsOf(valueAt(value, path)), value, path)
      }
      case 'csv': {
        const [titles, ...records] = readCsv(content)
        return make('table', records.slice(0, 40), titles)
      }
      case 'html': return make('text', content.split(/(?=<tr[ >])/).slice(0, 60))
      default: return make('text', content.split(/(?<=\n)/).slice(0, 400))
    }
  } catch {
    return undefined
  }
}

function readYaml(content: string): unknown {
  const values: readonly unknown[] = parseAllDocuments(content).map((document): unknown => document.toJS())
  return values.length === 1 ? values[0] : values
}

/** A tree with at most so many items in each list; a STIX bundle with so many relationships and the objects that they name. */
function shorten(value: unknown, most: number): unknown {
  if (isTreeObject(value) && Array.isArray(value['objects']) && value['type'] === 'bundle') {
    const objects: readonly unknown[] = value['objects']
    const relations = objects.filter((one) => isTreeObject(one) && one['type'] === 'relationship').slice(0, most)
    const named = new Set(relations.flatMap((one) => (isTreeObject(one) ? [one['source_ref'], one['target_ref']] : [])))
    const kept = objects.filter((one) => isTreeObject(one) && named.has(one['id']))
    return { ...value, objects: relations.length > 0 ? [...kept, ...relations] : objects.slice(0, most) }
  }
  if (Array.isArray(value)) return value.slice(0, most).map((item) => shorten(item, most))
  if (!isTreeObject(value)) return value
  return Object.fromEntries(Object.entries(value).slice(0, 200).map(([name, item]) => [name, shorten(item, most)]))
}

/** The way to the longest list of objects, or else to the object with most members that are objects or lists. */
function findMainList(value: unknown): readonly string[] {
  let best: { readonly path: readonly string[]; readonly weight: number } = { path: [], weight: 0 }
  visit(value, [])
  return best.path

  function visit(at: unknown, path: readonly string[]): void {
    if (!isTree(at)) return
    const items = Object.entries(at)
    const weight = items.filter(([, item]) => isTree(item)).length * (Array.isArray(at) ? 100 : 1)
    if (weight > best.weight) best = { path, weight }
    if (path.length < 3) for (const [name, item] of items) visit(item, [...path, name])
  }
}

function unitsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : isTree(list) ? Object.entries(list) : [list]
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isTree(at) ? Object.entries(at).find(([own]) => own === name)?.[1] : undefined), value)
}

/** Writes a document. Encodings that its kind does not have are `plain`. */
export function render(document: FuzzDocument, encoding: Encoding = 'plain'): Rendered {
  const { kind, name, units } = document
  if (kind === 'tree') {
    const value = treeOf(document)
    const isList = Array.isArray(valueAt(document.frame, document.path))
    const start = document.path.map(step).join('')
    const names = new Map(units.map((unit, index) => [isList ? String(index) : keyOf(unit), index]))
    return {
      name, bytes: encode(JSON.stringify(value, null, encoding === 'pretty' ? 2 : undefined) ?? '', encoding),
      unitAt(place) {
        if (place.kind !== 'pointer' || !`${place.pointer}/`.startsWith(`${start}/`)) return undefined
        return names.get((place.pointer.slice(start.length + 1).split('/')[0] ?? '').replaceAll('~1', '/').replaceAll('~0', '~'))
      },
    }
  }
  if (kind === 'table' && encoding === 'xlsx') {
    const rows = [document.frame, ...units.map(({ value }) => value)].map((row) => cellsOf(row))
    return {
      name: `${name}.xlsx`, bytes: makeWorkbook({ Table: rows }),
      unitAt: (place) => (place.kind === 'cell' ? Number(/\d+$/.exec(place.cell)?.[0] ?? 1) - 2 : undefined),
    }
  }
  const pieces = kind === 'text' ? units.map(({ value }) => String(value)) : writeRecords(document, encoding)
  const starts = startsOf(kind === 'table' ? pieces.slice(1) : pieces, kind === 'table' ? pieces[0] ?? '' : '')
  return {
    name, bytes: encode(pieces.join(''), encoding),
    unitAt(place) {
      if (place.kind !== 'text') return undefined
      const after = starts.findIndex(({ line, column }) => line > place.line || (line === place.line && column > place.column))
      return (after < 0 ? starts.length : after) - 1
    },
  }
}

/** The value of a tree with its rows. */
function treeOf({ frame, path, units }: FuzzDocument): unknown {
  return put(frame, 0)

  function put(at: unknown, depth: number): unknown {
    const name = path[depth]
    if (name === undefined) {
      if (Array.isArray(at)) return units.map(({ value }) => value)
      if (!isTree(at)) return at
      return Object.fromEntries(units.flatMap(({ value }): readonly (readonly [string, unknown])[] => (
        Array.isArray(value) && typeof value[0] === 'string' ? [[value[0], value[1]]] : []
      )))
    }
    if (Array.isArray(at)) return at.map((item: unknown, index) => (String(index) === name ? put(item, depth + 1) : item))
    if (!isTreeObject(at)) return at
    return Object.fromEntries(Object.entries(at).map(([own, item]) => [own, own === name ? put(item, depth + 1) : item]))
  }
}

function keyOf({ value }: Unit): string {
  return Array.isArray(value) ? String(value[0]) : ''
}

function step(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The cells of a record. */
export function cellsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function writeRecords({ frame, units }: FuzzDocument, encoding: Encoding): readonly string[] {
  const delimiter = encoding === 'semicolons' ? ';' : encoding === 'tabs' ? '\t' : ','
  const special = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`)
  const write = (cell: string): string => (
    encoding !== 'plain' && cell !== '' && !special.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`
  )
  return [frame, ...units.map(({ value }) => value)].map((cells) => `${cellsOf(cells).map(write).join(delimiter)}\n`)
}

/** Where pieces begin, after a first text: lines and columns from 1. */
function startsOf(pieces: readonly string[], first: string): readonly { readonly line: number; readonly column: number }[] {
  let line = 1
  let column = 1
  advance(first)
  return pieces.map((piece) => {
    const start = { line, column }
    advance(piece)
    return start
  })

  function advance(text: string): void {
    const lines = text.split(/\r\n|\r|\n/)
    line += lines.length - 1
    column = (lines.length > 1 ? 1 : column) + (lines.at(-1) ?? '').length
  }
}

function encode(content: string, encoding: Encoding): Uint8Array {
  const text = content.toWellFormed()
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = Buffer.from(`\u{FEFF}${text}`, 'utf16le')
    return new Uint8Array(encoding === 'utf-16le' ? bytes : bytes.swap16())
  }
  if (encoding === 'crlf') return new TextEncoder().encode(text.replaceAll(/\r?\n/g, '\r\n'))
  return new TextEncoder().encode(encoding === 'bom' ? `\u{FEFF}${text}` : text)
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isTreeObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isTree(value) && !Array.isArray(value)
}
