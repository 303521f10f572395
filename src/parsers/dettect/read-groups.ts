import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { countUnknown, describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine } from '../reading/read-text.js'

const groupFields: ReadonlySet<string> = new Set(['group_name', 'campaign', 'technique_id', 'software_id', 'enabled', 'notes'])

/**
 * Reads a group: it uses each of its techniques, which are in a list, or in an object with how often each was seen. The campaign is the
 * group of the rows. Software is no technique, and groups that are not enabled do not count in DeTT&CT: both are counted.
 */
export function readGroup(value: TreeValue, pointer: string, reader: FileReader): readonly Mapping[] {
  if (!isObject(value)) {
    reader.report('parse/unreadable-row', pointer, { found: describeValue(value), expected: 'a group with a group_name' })
    return []
  }
  countUnknown(value, groupFields, 'groups[].', pointer, reader)
  const techniques = techniquesOf(value.technique_id, `${pointer}/technique_id`, reader)
  countSoftware(value, pointer, reader)
  if (value.enabled === false) {
    const found = `the group ${describeValue(value.group_name)}, which is not enabled`
    reader.report('parse/disabled-technique', pointer, { found, count: Math.max(1, techniques.length) })
    return []
  }
  const id = readField(value, 'group_name', pointer, 'groups[].', reader)
  if (id === undefined) {
    const found = 'a group without a group_name'
    reader.report('parse/unreadable-row', pointer, { found, expected: 'a group_name', count: Math.max(1, techniques.length) })
    return []
  }
  const facts = { capability: { id }, ...stated({ group: readField(value, 'campaign', pointer, 'groups[].', reader) }) }
  if (techniques.length === 0) {
    reader.count('parse/missing-technique', 'a group without techniques', pointer)
    return [{ kind: 'unmapped-capability', origins: [reader.origin(pointer)], ...facts }]
  }
  return techniques.flatMap(({ written, count, at }): readonly Mapping[] => {
    const technique = readLine(written, 'groups[].technique_id', at, reader)
    if (technique === undefined) {
      reader.report('parse/unreadable-row', at, { found: describeValue(written), expected: 'the id of a technique' })
      return []
    }
    const score = typeof count === 'number' || (typeof count === 'string' && count !== '') ? { value: String(count) } : undefined
    const origins = [reader.origin(at)]
    return [{ kind: 'mapped', origins, ...facts, technique: { id: technique }, relation: 'uses', ...stated({ score }) }]
  })
}

interface NamedTechnique {
  readonly written: TreeValue
  readonly count?: TreeValue
  readonly at: string
}

function techniquesOf(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly NamedTechnique[] {
  if (value === undefined || value === null || value === '') return []
  if (isList(value)) return value.map((written, index) => ({ written, at: `${pointer}/${index}` }))
  if (isObject(value)) {
    return Object.entries(value).map(([written, count]) => ({ written, count, at: pointer + pointerStep(written) }))
  }
  if (typeof value === 'string') return [{ written: value, at: pointer }]
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected: 'a list of technique ids' })
  return []
}

function countSoftware({ software_id: software }: TreeObject, pointer: string, reader: FileReader): void {
  const items = isList(software) ? software : isObject(software) ? Object.keys(software) : []
  items.forEach(() => reader.count('parse/other-attack-id', 'software_id', `${pointer}/software_id`))
}
