import { isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { countUnknown, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf } from '../reading/read-lists.js'
import { readLine } from '../reading/read-text.js'

/** What a file says once: that something of ATT&CK is something of VERIS. */
export interface Pair {
  /** Of a technique, or of a group in the files for these. */
  readonly attackId: string
  readonly name?: string
  /** A VERIS id; absent when an entry lists none. */
  readonly capability?: string
  readonly pointer: string
}

/** A pair with every place where the file says it. */
export interface JoinedPair {
  readonly pair: Pair
  readonly pointers: readonly string[]
}

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

/** Two parts, then a third that is empty or a pair of quotes. */
const EMPTY_PART = /^([^.]*\.[^.]*)\.(?:"")?(?=\.)/

/**
 * A VERIS id as CTID writes it now. Some ids have three parts; the older files fill up the fourth with quotes:
 * attribute.confidentiality."".data_disclosure is attribute.confidentiality.data_disclosure.
 */
function nameCapability(id: string, pointer: string, reader: FileReader): string {
  const name = id.replace(EMPTY_PART, '$1')
  if (name !== id) reader.count('normalise/capability-id', id, pointer)
  return name
}
