import type { TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { isObject } from '../../formats/tree-value.js'
import { countUnknown } from '../reading/count-unknown.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { listOf } from '../reading/list-of.js'
import { readLine } from '../reading/tidy-text.js'
import { nameCapability } from './name-capability.js'
import type { Pair } from './pair.js'

const entryFields = new Set(['name', 'veris'])

/** The pairs of `attack_to_veris`: ids of techniques, each with its name and a list of VERIS ids. */
export function readAttackToVeris(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly Pair[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, entry]) => readEntry(key, entry, pointer + pointerStep(key), reader))
  }
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected: 'techniques by their ids' })
  return []
}

function readEntry(key: string, entry: TreeValue, pointer: string, reader: FileReader): readonly Pair[] {
  const attackId = readLine(key, 'attack_to_veris (ids)', pointer, reader)
  if (!isObject(entry) || attackId === undefined) {
    const found = attackId === undefined ? 'a technique without an id' : describeValue(entry)
    refuse(pointer, found, 'a technique with its name and a list of VERIS ids', reader)
    return []
  }
  countUnknown(entry, entryFields, 'attack_to_veris[].', pointer, reader)
  const name = readLine(entry.name, 'attack_to_veris[].name', `${pointer}/name`, reader)
  const named = { attackId, ...(name !== undefined && { name }) }
  const ids = listOf(entry.veris, `${pointer}/veris`, 'a list of VERIS ids', reader)
  if (ids.length === 0) return [{ ...named, pointer }]
  return ids.flatMap((id, index) => {
    const at = `${pointer}/veris/${index}`
    const capability = readLine(id, 'attack_to_veris[].veris[]', at, reader)
    if (capability !== undefined) return [{ ...named, capability: nameCapability(capability, at, reader), pointer: at }]
    refuse(at, describeValue(id), 'a VERIS id', reader)
    return []
  })
}

function refuse(pointer: string, found: string, expected: string, reader: FileReader): void {
  reader.report('parse/unreadable-row', pointer, { found, expected, hint: 'the other rows were read' })
}
