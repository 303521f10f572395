import type { TreeValue } from '../../formats/decoded.js'
import { isList } from '../../formats/tree-value.js'
import { describeValue } from './describe-value.js'
import type { FileReader } from './file-reader.js'

/** The items of a list; none when it is absent or null. Anything else is reported, with what was expected. */
export function listOf(
  value: TreeValue | undefined, pointer: string, expected: string, reader: FileReader,
): readonly TreeValue[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected })
  return []
}
