import type { TreeValue } from '../../formats/decoded.js'
import type { FileReader } from '../reading/file-reader.js'
import { readLine } from '../reading/read-text.js'

/** Reads the value of a field of the row at `pointer`. */
export type ReadText = (value: TreeValue | undefined, pointer: string) => string | undefined

/** Creates the reader of a field whose values are lines. What the row before has too is not examined again, and is one text in memory. */
export function createLineReader(field: string, reader: FileReader): ReadText {
  let before = ''
  let read: string | undefined
  return (value, pointer) => {
    // Most fields of a row are null or absent.
    if (value === null || value === undefined) return undefined
    if (value === before) return read
    const line = readLine(value, field, `${pointer}/${field}`, reader)
    // What is changed, or no text, is counted in every row.
    if (typeof value === 'string' && (line === value || value === '')) {
      before = value
      read = line
    }
    return line
  }
}

/** One side of a row: a capability or a technique. */
export interface Side {
  readonly id: string
  readonly name?: string
}

/** Values that are remembered at most: where there are more, they are hardly repeated. */
const mostKnown = 20_000

/**
 * Creates the reader of one side of rows. Names are not unique, so a name without an id is not read, and counted. Rows with the same id and name
 * share what `make` makes of them.
 */
export function createSideReader<Made extends object>(
  idField: string, nameField: string, make: (side: Side) => Made, reader: FileReader,
): (id: TreeValue | undefined, name: TreeValue | undefined, pointer: string) => Made | undefined {
  const readId = createLineReader(idField, reader)
  const readName = createLineReader(nameField, reader)
  const known = new Map<string, { readonly name: string; readonly made: Made }>()
  return (id, name, pointer) => {
    const isPlain = typeof id === 'string' && typeof name === 'string'
    const same = isPlain ? known.get(id) : undefined
    if (same && same.name === name) return same.made
    const ownId = readId(id, pointer)
    const ownName = readName(name, pointer)
    if (ownId === undefined) {
      if (ownName !== undefined) reader.count('parse/name-without-id', nameField, `${pointer}/${nameField}`)
      return undefined
    }
    const made = make({ id: ownId, ...(ownName !== undefined && { name: ownName }) })
    // The first name of an id is usually its only one.
    if (isPlain && !same && ownId === id && ownName === name && known.size < mostKnown) known.set(id, { name, made })
    return made
  }
}
