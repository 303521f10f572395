import { pointerStep } from '../../formats/json-pointer.js'
import type { TreeObject } from '../../formats/tree-value.js'
import type { FileReader } from './file-reader.js'

/** Counts the fields of an object that its format does not know. `path` names the object in messages, with a dot at its end. */
export function countUnknown(
  value: TreeObject, known: ReadonlySet<string>, path: string, pointer: string, reader: FileReader,
): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) reader.count('parse/unknown-field', path + key, pointer + pointerStep(key))
  }
}
