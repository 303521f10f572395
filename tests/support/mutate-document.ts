import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { parseAllDocuments } from 'yaml'

/** A document to mutate: its name, whose extension says what it is, and its text. */
export interface MutableDocument {
  readonly name: string
  readonly content: string
}

/** A generator of whole numbers below a limit, the same for a seed on every machine (mulberry32). */
export type Pick = (below: number) => number

/** Creates the generator of a seed. */
export function createPick(seed: number): Pick {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below)
  }
}

/**
 * A document with one to three mistakes: values, cells or lines that are deleted, blanked, repeated, swapped, spoilt, renamed or of another
 * type. A document whose extension is that of a tree or table stays one.
 */
export function mutateDocument({ name, content }: MutableDocument, pick: Pick): MutableDocument {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const times = 1 + pick(3)
  const repeat = <Value>(value: Value, change: (value: Value) => Value): Value => (
    Array.from({ length: times }).reduce<Value>((changed) => change(changed), value)
  )
  const lines = (texts: readonly string[]): readonly string[] => repeat(texts, (changed) => mutateList(changed, pick, (text) => spoilText(text, pick)))
  switch (extension) {
    case 'json': return { name, content: JSON.stringify(repeat<unknown>(JSON.parse(content), (value) => mutateTree(value, pick))) }
    // JSON is YAML. Several documents become their list, as the decoder reads them.
    case 'yaml': case 'yml': return { name, content: JSON.stringify(repeat(readYaml(content), (value) => mutateTree(value, pick))) }
    case 'csv': return { name, content: writeCsv(repeat(readCsv(content), (rows) => mutateRows(rows, pick))) }
    case 'html': return { name, content: lines(content.split(/(?=<t[dr][ >])/)).join('') }
    default: return { name, content: lines(content.split('\n')).join('\n') }
  }
}

/** The records of a CSV file, however long. */
export function readCsv(content: string): readonly (readonly string[])[] {
  return parseCsv(content, { relax_column_count: true })
}

/** A CSV file of records: every cell in quotes, a record in a line unless a cell has line ends. */
export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
}

function readYaml(content: string): unknown {
  const values: readonly unknown[] = parseAllDocuments(content).map((document): unknown => document.toJS())
  return values.length === 1 ? values[0] : values
}

const others: readonly unknown[] = ['', null, 7, true, [], {}, ['T1078'], { id: 'T1078' }, 'none', '  ', 'T105', 'T1078, T1190', '\u00a0']

/** Changes one value, item or name somewhere in a tree; lists and objects with many items are as likely as short ones. */
export function mutateTree(value: unknown, pick: Pick): unknown {
  if (typeof value !== 'object' || value === null) return others[pick(others.length)]
  const keys = Object.keys(value)
  const isHere = keys.length === 0 || pick(6) === 0
  if (!isHere) {
    const key = keys[pick(keys.length)] ?? ''
    const entries = Object.entries(value).map(([name, item]: [string, unknown]): [string, unknown] => (
      [name, name === key ? mutateTree(item, pick) : item]
    ))
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries)
  }
  if (Array.isArray(value)) return mutateList<unknown>(value, pick, () => others[pick(others.length)])
  const key = keys[pick(keys.length)]
  switch (pick(4)) {
    case 0: return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
    case 1: return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name === key ? `${name}s` : name, item]))
    case 2: return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, name === key ? [item] : item]))
    default: return others[pick(others.length)]
  }
}

function mutateRows(rows: readonly (readonly string[])[], pick: Pick): readonly (readonly string[])[] {
  if (rows.length < 2 || pick(3) === 0) return mutateList<readonly string[]>(rows, pick, (row) => row.map(() => ''), 1)
  const at = 1 + pick(rows.length - 1)
  const row = rows[at] ?? []
  return rows.with(at, mutateList<string>(row, pick, spoil))

  function spoil(cell: string): string {
    return ['', ' ', cell.slice(0, -1), `${cell}; T1`, `${cell}\n${cell}`, '"', '-', 'n/a', cell.toLowerCase()][pick(9)] ?? ''
  }
}

/** Deletes, repeats, swaps or spoils one item of a list. `from`: the first that may change. */
function mutateList<Item>(items: readonly Item[], pick: Pick, spoil: (item: Item) => Item, from = 0): readonly Item[] {
  if (items.length <= from) return items
  const at = from + pick(items.length - from)
  const other = from + pick(items.length - from)
  const [item, second] = [items[at], items[other]]
  if (item === undefined || second === undefined) return items
  switch (pick(5)) {
    case 0: return items.toSpliced(at, 1)
    case 1: return items.toSpliced(other, 0, item)
    case 2: return items.with(at, second).with(other, item)
    default: return items.with(at, spoil(item))
  }
}

function spoilText(text: string, pick: Pick): string {
  const at = pick(text.length)
  return [text.slice(0, at), text.slice(0, at) + text.slice(at + 1), `${text.slice(0, at)} ${text.slice(at)}`, ''][pick(4)] ?? ''
}
