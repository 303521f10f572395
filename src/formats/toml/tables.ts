import type { TreeValue } from '../decoded.js'
import type { PlaceNode } from '../places.js'
import { TomlError } from './scan-strings.js'

/** A value with its place. */
export interface PlacedValue {
  readonly value: TreeValue
  readonly place: PlaceNode
}

/** The tables of a TOML text while it is scanned: headers open tables, and pairs are set in the open one. */
export interface Tables {
  /** How many keys lead to the open table. */
  readonly depth: () => number
  /** Opens a table; with `isItem`, a further one of an array of tables. Throws `TomlError` if it is defined already. */
  open(keys: readonly string[], at: number, isItem: boolean): void
  /** Sets a value in the open table. Throws `TomlError` if the key is taken. */
  set(keys: readonly string[], placed: PlacedValue, at: number): void
  /** The whole as a value, with its places. */
  result(): PlacedValue
}

interface Table {
  readonly at: number
  readonly entries: Map<string, Entry>
  /** Whether a header may still define it: a table that a longer header or key only passed through. */
  isImplicit: boolean
}

type Entry = { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'array'; readonly at: number; readonly tables: Table[] }
  | { readonly kind: 'value'; readonly placed: PlacedValue }

/** Creates the tables of a text, or of an inline table that begins at `at`. */
export function createTables(at = 0): Tables {
  const root = createTable(at, false)
  let open = root
  let depth = 0
  return {
    depth: () => depth,
    open(keys, place, isItem) {
      const parent = descend(root, keys.slice(0, -1), place)
      open = (isItem ? openItem : openTable)(parent, keys.at(-1) ?? '', place)
      depth = keys.length
    },
    set(keys, placed, place) {
      const { entries } = descend(open, keys.slice(0, -1), place)
      const key = keys.at(-1) ?? ''
      if (entries.has(key)) throw new TomlError(place, `a key other than ${key}, which the table has already`)
      entries.set(key, { kind: 'value', placed })
    },
    result: () => convertTable(root),
  }
}

function createTable(at: number, isImplicit: boolean): Table {
  return { at, entries: new Map(), isImplicit }
}

/** The table that keys lead to; tables on the way are created. Of an array of tables the last one counts. */
function descend(from: Table, keys: readonly string[], at: number): Table {
  let table = from
  for (const key of keys) {
    const entry = table.entries.get(key)
    if (entry?.kind === 'value') throw new TomlError(at, `a key other than ${key}, which is a value already`)
    const next = entry?.kind === 'array' ? entry.tables.at(-1) : entry?.table
    if (!next) table.entries.set(key, { kind: 'table', table: createTable(at, true) })
    const created = table.entries.get(key)
    table = next ?? (created?.kind === 'table' ? created.table : table)
  }
  return table
}

function openTable({ entries }: Table, key: string, at: number): Table {
  const entry = entries.get(key)
  if (entry?.kind === 'table' && entry.table.isImplicit) {
    entry.table.isImplicit = false
    return entry.table
  }
  if (entry) throw new TomlError(at, `a table other than ${key}, which is defined already`)
  const table = createTable(at, false)
  entries.set(key, { kind: 'table', table })
  return table
}

function openItem({ entries }: Table, key: string, at: number): Table {
  const entry = entries.get(key)
  if (entry && entry.kind !== 'array') throw new TomlError(at, `an array other than ${key}, which is defined already`)
  const table = createTable(at, false)
  if (entry) entry.tables.push(table)
  else entries.set(key, { kind: 'array', at, tables: [table] })
  return table
}

function convertTable({ at, entries }: Table): PlacedValue {
  const keys = [...entries.keys()]
  const items = Array.from(entries.values(), convertEntry)
  return {
    // fromEntries defines members, so that a key such as __proto__ is an ordinary one.
    value: Object.fromEntries(items.map(({ value }, index) => [keys[index] ?? '', value])),
    place: { at, keys, items: items.map(({ place }) => place) },
  }
}

function convertEntry(entry: Entry): PlacedValue {
  if (entry.kind === 'value') return entry.placed
  if (entry.kind === 'table') return convertTable(entry.table)
  const items = entry.tables.map(convertTable)
  return { value: items.map(({ value }) => value), place: { at: entry.at, items: items.map(({ place }) => place) } }
}
