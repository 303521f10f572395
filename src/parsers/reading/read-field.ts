import { pointerStep } from '../../formats/json-pointer.js'
import type { TreeObject } from '../../formats/tree-value.js'
import { describeValue } from './describe-value.js'
import type { FileReader } from './file-reader.js'
import { readLine } from './tidy-text.js'

/**
 * A field of an object as a text on one line; undefined when it states none. An object or a list in its place is reported.
 * `pointer` is the object's; `path` is its name in messages, with a dot at its end: "metadata.".
 */
export function readField(
  object: TreeObject, key: string, pointer: string, path: string, reader: FileReader,
): string | undefined {
  const value = object[key]
  const at = pointer + pointerStep(key)
  if (typeof value === 'object' && value !== null) {
    const message = `${path}${key} is not a text`
    reader.report('parse/invalid-document', at, { message, found: describeValue(value), expected: 'a text' })
  }
  return readLine(value, path + key, at, reader)
}
