import { isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { countUnknown, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readLine } from '../reading/read-text.js'

/** A pair of an ATT&CK object and a VERIS id, at one place of a file. */
export interface Pair {
  /** Id of a technique, or of a group in the files that map groups. */
  readonly attackId: string
  readonly name?: string
  /** A VERIS id; absent if the entry lists none. */
  readonly capability?: string
  readonly pointer: string
}

/** A pair with its places in both directions. */
export interface JoinedPair {
  readonly pair: Pair
  readonly pointers: readonly string[]
}

const entryFields = new Set(['name', 'veris'])

/** The pairs of `attack_to_veris`: technique ids, each with a name and a list of VERIS ids. */
export function readAttackToVeris(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly Pair[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, entry]) => readEntry(key, entry, pointer + pointerStep(key), reader))
  }
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected: 'an object with technique ids as keys' })
  return []
}

function readEntry(key: string, entry: TreeValue, pointer: string, reader: FileReader): readonly Pair[] {
  const attackId = readLine(key, 'attack_to_veris (ids)', pointer, reader)
  if (!isObject(entry) || attackId === undefined) {
    const found = attackId === undefined ? 'a technique without an id' : describeValue(entry)
    refuse(pointer, found, 'an object with name and veris, a list of VERIS ids', reader)
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
    if (capability !== undefined) return [{ ...named, capability: normaliseId(capability, at, reader), pointer: at }]
    refuse(at, describeValue(id), 'a VERIS id', reader)
    return []
  })
}

function refuse(pointer: string, found: string, expected: string, reader: FileReader): void {
  reader.report('parse/unreadable-row', pointer, { found, expected, hint: 'The other rows were read.' })
}

/** Parts of a VERIS id, each a level of the tree: action, malware, variety, Ransomware. */
const LEVELS = 4

const leafFields = new Set(['name'])

/** The pairs of `veris_to_attack`: nested objects by parts of VERIS ids, the innermost with technique ids as keys. */
export function readVerisToAttack(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly Pair[] {
  return readLevel(value, pointer, [], reader)
}

function readLevel(value: TreeValue | undefined, pointer: string, path: readonly string[], reader: FileReader): readonly Pair[] {
  if (!isObject(value)) {
    const code = path.length === 0 ? 'parse/invalid-document' : 'parse/unreadable-row'
    reader.report(code, pointer, { found: describeValue(value), expected: 'an object with parts of VERIS ids as keys' })
    return []
  }
  if (path.length > 0 && Object.keys(value).length === 0) refuse(pointer, 'an empty object', 'parts of VERIS ids, or technique ids', reader)
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
      refuse(at, found, 'an object with the name of the technique', reader)
      return []
    }
    countUnknown(entry, leafFields, 'veris_to_attack[].', at, reader)
    const name = readLine(entry.name, 'veris_to_attack[].name', `${at}/name`, reader)
    return [{ attackId, ...(name !== undefined && { name }), capability: normaliseId(id, at, reader), pointer: at }]
  })
}

/** The third part of an id if it is empty or a pair of quotes, with the two before it. */
const EMPTY_PART = /^([^.]*\.[^.]*)\.(?:"")?(?=\.)/

/**
 * A VERIS id as CTID writes it now. Some ids have three parts, to which older files add an empty one:
 * attribute.confidentiality."".data_disclosure is attribute.confidentiality.data_disclosure.
 */
function normaliseId(id: string, pointer: string, reader: FileReader): string {
  const normal = id.replace(EMPTY_PART, '$1')
  if (normal !== id) reader.count('normalise/capability-id', id, pointer)
  return normal
}
