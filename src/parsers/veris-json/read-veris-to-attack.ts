import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readLine } from '../reading/tidy-text.js'
import { nameCapability } from './name-capability.js'
import type { Pair } from './pair.js'

/** The parts of a VERIS id, as the tree nests them: action, malware, variety, Ransomware. */
const LEVELS = 4

/** The pairs of `veris_to_attack`: the parts of VERIS ids one inside the other, and in the last the techniques with their names. */
export function readVerisToAttack(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly Pair[] {
  return readLevel(value, pointer, [], reader)
}

function readLevel(value: TreeValue | undefined, pointer: string, path: readonly string[], reader: FileReader): readonly Pair[] {
  if (!isObject(value)) {
    const code = path.length === 0 ? 'parse/invalid-document' : 'parse/unreadable-row'
    reader.report(code, pointer, { found: describeValue(value), expected: 'the parts of VERIS ids, and techniques inside the last of them' })
    return []
  }
  if (path.length === LEVELS) return readTechniques(value, pointer, path, reader)
  return Object.entries(value).flatMap(([key, inner]) => readLevel(inner, pointer + pointerStep(key), [...path, key], reader))
}

function readTechniques(value: TreeObject, pointer: string, path: readonly string[], reader: FileReader): readonly Pair[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = pointer + pointerStep(key)
    const attackId = readLine(key, 'veris_to_attack (ids)', at, reader)
    const id = readLine(path.join('.'), 'veris_to_attack (VERIS ids)', at, reader)
    if (attackId === undefined || id === undefined || !isObject(entry)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(entry), expected: 'a technique with its name', hint: 'the other rows were read' })
      return []
    }
    for (const field of Object.keys(entry)) {
      if (field !== 'name') reader.count('parse/unknown-field', `veris_to_attack[].${field}`, at + pointerStep(field))
    }
    const name = readLine(entry.name, 'veris_to_attack[].name', `${at}/name`, reader)
    return [{ attackId, ...(name !== undefined && { name }), capability: nameCapability(id, at, reader), pointer: at }]
  })
}
