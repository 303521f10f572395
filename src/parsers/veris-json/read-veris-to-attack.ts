import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import { countUnknown } from '../reading/count-unknown.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readLine } from '../reading/tidy-text.js'
import { nameCapability } from './name-capability.js'
import type { Pair } from './pair.js'

/** How many parts of a VERIS id the tree nests: action, malware, variety, Ransomware. */
const LEVELS = 4

const leafFields = new Set(['name'])

/** The pairs of `veris_to_attack`: the parts of VERIS ids one inside the other, and in the last the techniques by their ids. */
export function readVerisToAttack(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly Pair[] {
  return readLevel(value, pointer, [], reader)
}

function readLevel(value: TreeValue | undefined, pointer: string, path: readonly string[], reader: FileReader): readonly Pair[] {
  if (!isObject(value)) {
    const code = path.length === 0 ? 'parse/invalid-document' : 'parse/unreadable-row'
    reader.report(code, pointer, { found: describeValue(value), expected: 'parts of VERIS ids, and techniques inside the last' })
    return []
  }
  if (path.length === LEVELS) return readTechniques(value, pointer, path.join('.'), reader)
  return Object.entries(value).flatMap(([key, inner]) => readLevel(inner, pointer + pointerStep(key), [...path, key], reader))
}

function readTechniques(value: TreeObject, pointer: string, path: string, reader: FileReader): readonly Pair[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = pointer + pointerStep(key)
    const attackId = readLine(key, 'veris_to_attack (ids)', at, reader)
    const id = readLine(path, 'veris_to_attack (VERIS ids)', at, reader)
    if (attackId === undefined || id === undefined || !isObject(entry)) {
      const found = attackId === undefined ? 'a technique without an id' : describeValue(entry)
      const expected = 'a technique with its name'
      reader.report('parse/unreadable-row', at, { found, expected, hint: 'the other rows were read' })
      return []
    }
    countUnknown(entry, leafFields, 'veris_to_attack[].', at, reader)
    const name = readLine(entry.name, 'veris_to_attack[].name', `${at}/name`, reader)
    return [{ attackId, ...(name !== undefined && { name }), capability: nameCapability(id, at, reader), pointer: at }]
  })
}
