import { isList, type TreeValue } from '../../formats/decoded.js'
import { describeValue, type FileReader } from './file-reader.js'
import { readLine } from './read-text.js'

/** The items of a list; none when it is absent or null. Anything else is reported, with what was expected. */
export function listOf(
  value: TreeValue | undefined, pointer: string, expected: string, reader: FileReader,
): readonly TreeValue[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected })
  return []
}

/**
 * The references of a row, each trimmed, in the order written; undefined when there are none. One text may hold several, after
 * commas.
 */
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

/** Addresses may hold commas themselves: only one before another address parts two. */
function splitList(text: string): readonly string[] {
  const parts: string[] = []
  for (const piece of text.split(',')) {
    const last = parts.length - 1
    if (last >= 0 && !/^\s*[a-z]+:\/\//i.test(piece)) parts[last] += `,${piece}`
    else parts.push(piece)
  }
  return parts
}
