import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { describeValue, type FileReader } from './file-reader.js'
import { readLine } from './read-text.js'

/** The items of a list; empty if it is absent or null. Any other value is reported as `parse/invalid-document`. */
export function listOf(
  value: TreeValue | undefined, pointer: string, expected: string, reader: FileReader,
): readonly TreeValue[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected })
  return []
}

/** The objects of a list; empty if the value is not a list. Other items are ignored. */
export function objectsOf(value: TreeValue | undefined): readonly TreeObject[] {
  return isList(value) ? value.filter(isObject) : []
}

/** The references of a row, trimmed, in document order; undefined if there are none. A string may contain several, separated by commas. */
export function readReferences(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const items = isList(value) ? value : typeof value === 'string' ? splitList(value) : [value]
  const references: string[] = []
  for (const [index, item] of items.entries()) {
    const text = readLine(item, 'references', `${pointer}/references${isList(value) ? `/${index}` : ''}`, reader)
    if (text !== undefined) references.push(text)
  }
  return references.length === 0 ? undefined : references
}

/** A URL may contain commas, so a comma separates two references only if a URL follows it. */
function splitList(text: string): readonly string[] {
  const parts: string[] = []
  for (const piece of text.split(',')) {
    const last = parts.length - 1
    if (last >= 0 && !/^\s*[a-z]+:\/\//i.test(piece)) parts[last] += `,${piece}`
    else parts.push(piece)
  }
  return parts
}
