import { isList, isObject, type TableSheet, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Place } from '../../model/origin.js'

/** A list of records as a sheet: the names of their fields are its first row, and places are JSON pointers. */
export interface RecordSheet extends TableSheet {
  /** Pointer of the list. */
  readonly pointer: string
  /** Pointers of items that are neither objects nor lists: they have no cells. */
  readonly strays: readonly string[]
  /** Pointers of values that nest too deep for a cell; their cells are JSON. */
  readonly nested: readonly string[]
}

/** A JSON or YAML document as a table: its lists of records, and the values around them. */
export interface RecordTable {
  readonly sheets: readonly RecordSheet[]
  /** The values beside the lists: facts about all records. */
  readonly facts: readonly RecordFact[]
}

/** A value beside the lists. */
export interface RecordFact {
  readonly name: string
  readonly text: string
  readonly pointer: string
}

/** Lists of records in one document; a document with more is a tree. */
const MOST_LISTS = 20

/** Objects around a list of records. */
const MOST_LEVELS = 3

/** Different fields of the records of a list; tables have fewer columns. */
const MOST_FIELDS = 500

/**
 * The lists of records in a document: objects, or lists of cells under a list of titles. Undefined if there are none. Reads the first
 * `most` records of each, and none of lists whose pointer `leaveOut` knows. A record's objects give a column for each of their fields
 * ("technique.id"), lists of scalars one line an item.
 */
export function findRecords(
  tree: TreeDocument, most = Number.POSITIVE_INFINITY, leaveOut: (pointer: string) => boolean = () => false,
): RecordTable | undefined {
  const lists: { readonly name: string; readonly pointer: string; readonly items: readonly TreeValue[] }[] = []
  const facts: RecordFact[] = []
  visit(tree.value, '', '', 0)
  if (lists.length === 0 || lists.length > MOST_LISTS) return undefined
  const read = lists.filter(({ pointer }) => !leaveOut(pointer))
  const sheets = read.flatMap(({ name, pointer, items }) => toSheet(name, pointer, items.slice(0, most), tree) ?? [])
  return sheets.length === 0 ? undefined : { sheets, facts }

  function visit(value: TreeValue, name: string, pointer: string, level: number): void {
    if (lists.length > MOST_LISTS) return
    if (isList(value) && value.some((item) => isObject(item) || isList(item))) lists.push({ name, pointer, items: value })
    else if (isObject(value) && level < MOST_LEVELS) {
      for (const [key, member] of Object.entries(value)) visit(member, key, pointer + pointerStep(key), level + 1)
    } else if (level > 0 && value !== null && value !== '') facts.push({ name, text: cellText(value), pointer })
  }
}

function toSheet(name: string, pointer: string, items: readonly TreeValue[], tree: TreeDocument): RecordSheet | undefined {
  const isGrid = items.every(isList)
  const titles: string[] = []
  const ownTitles: (string | undefined)[] = []
  const columns = new Map<string, number>()
  const strays: string[] = []
  const nested: string[] = []
  const records: (readonly string[])[] = []
  // Only JSON loses the zeros of 4.10: YAML's numbers are read as they are written.
  const numbers = new Set<string>()
  for (const [index, item] of items.entries()) {
    const cells: string[] = []
    if (isList(item)) {
      for (const [column, value] of item.entries()) {
        if (typeof value === 'number') numbers.add(`${index} ${column}`)
        cells.push(readCell(value, `${pointer}/${index}/${column}`))
      }
    } else if (isObject(item)) readFields(item, `${pointer}/${index}`, '', '', cells, 0)
    else strays.push(`${pointer}/${index}`)
    records.push(Array.from(cells, (cell) => cell ?? ''))
    if (columns.size > MOST_FIELDS) return undefined
  }
  const paths = [...columns.keys()]
  const place = (row: number, column: number): Place => {
    const record = isGrid ? row : row - 1
    if (record < 0) return placeOf(pointer, tree)
    const step = isGrid ? `/${column}` : paths[column]
    const cell = `${pointer}/${record}${step ?? ''}`
    return placeOf(step !== undefined && tree.locate(cell) ? cell : `${pointer}/${record}`, tree)
  }
  return {
    name, pointer, strays, nested, rows: isGrid ? records : [titles, ...records], link: () => undefined, place, ownTitle: (column) => ownTitles[column],
    ...(tree.container === 'json' && { kind: (row: number, column: number) => (numbers.has(`${row} ${column}`) ? 'number' as const : undefined) }),
  }

  function readFields(record: TreeObject, at: string, path: string, prefix: string, cells: string[], level: number): void {
    for (const [key, value] of Object.entries(record)) {
      const own = path + pointerStep(key)
      if (isObject(value) && level === 0 && Object.keys(value).length > 0) {
        readFields(value, at + pointerStep(key), own, `${prefix}${key}.`, cells, level + 1)
        continue
      }
      let column = columns.get(own)
      if (column === undefined) {
        column = columns.size
        columns.set(own, column)
        titles.push(prefix + key)
        ownTitles.push(prefix === '' ? undefined : key)
      }
      if (typeof value === 'number') numbers.add(`${records.length + 1} ${column}`)
      cells[column] = readCell(value, at + pointerStep(key))
    }
  }

  function readCell(value: TreeValue, at: string): string {
    const isDeep = isList(value) ? value.some((item) => typeof item === 'object' && item !== null) : isObject(value)
    if (isDeep) nested.push(at)
    return cellText(value)
  }
}

/** Lists of scalars give a line for each item. Numbers are as JavaScript writes them. */
function cellText(value: TreeValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (isList(value) && value.every((item) => typeof item !== 'object' || item === null)) return value.map(cellText).join('\n')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Facts as a sheet of names and values, like the lines above a table. */
export function toFactSheet(facts: readonly RecordFact[], tree: TreeDocument): TableSheet {
  return {
    name: 'the values beside the list',
    rows: facts.map(({ name, text }) => [name.replaceAll(/[_-]+/g, ' '), text]),
    link: () => undefined,
    place: (row) => placeOf(facts[row]?.pointer ?? '', tree),
  }
}

function placeOf(pointer: string, tree: TreeDocument): Place {
  return { kind: 'pointer', pointer, ...tree.locate(pointer) }
}
