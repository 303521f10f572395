import type { TreeValue } from '../formats/decoded.js'
import { isTreeObject, textOf, type TreeObject } from './tree-fields.js'
import type { ValidationContext } from './validator.js'

const stixId = /^([a-z][a-z0-9-]*)--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/** Domain and relationship objects: they have dates (STIX 2.1, section 3.2). Observables and markings differ. */
const datedTypes: ReadonlySet<string> = new Set([
  'attack-pattern', 'campaign', 'course-of-action', 'grouping', 'identity', 'incident', 'indicator', 'infrastructure',
  'intrusion-set', 'location', 'malware', 'malware-analysis', 'note', 'observed-data', 'opinion', 'report', 'threat-actor',
  'tool', 'vulnerability', 'relationship', 'sighting', 'extension-definition', 'language-content',
])

/** Names that an object cannot do without, by type; only those that mappings are made of. */
const requiredTexts: ReadonlyMap<string, readonly string[]> = new Map([
  ['attack-pattern', ['name']],
  ['course-of-action', ['name']],
  ['vulnerability', ['name']],
  ['identity', ['name']],
  ['infrastructure', ['name']],
  ['grouping', ['context']],
  ['relationship', ['relationship_type', 'source_ref', 'target_ref']],
])

/** What the specification requires of an object whoever made it: type, id, version, dates, names. */
export function checkStixObject(object: TreeValue, pointer: string, specVersion: string, { reportAt }: ValidationContext): void {
  const wrong = (field: string, message: string, found?: string): void =>
    reportAt(`${pointer}${field}`, 'verify/schema', { message, ...(found !== undefined && { found }) })
  if (!isTreeObject(object)) {
    wrong('', 'The objects of a bundle are JSON objects')
    return
  }
  const type = textOf(object, 'type')
  const id = textOf(object, 'id')
  if (type === undefined) wrong('', 'An object has no type')
  if (id === undefined) wrong('', 'An object has no id')
  else {
    const named = stixId.exec(id)?.[1]
    const isSound = named !== undefined && named === (type ?? named)
    if (!isSound) wrong('/id', 'The id of an object is its type, two hyphens and a UUID', id)
  }
  if (type === undefined) return

  if (datedTypes.has(type)) {
    const isUnversioned = specVersion === '2.1' && textOf(object, 'spec_version') !== '2.1'
    if (isUnversioned) wrong('', `A ${type} of STIX 2.1 says "spec_version": "2.1"`)
    checkDates(object, type, wrong)
  }
  for (const name of requiredTexts.get(type) ?? []) {
    if (textOf(object, name) === undefined) wrong('', `A ${type} has no ${name}`)
  }
}

function checkDates(object: TreeObject, type: string, wrong: (field: string, message: string, found?: string) => void): void {
  const [created, modified] = ['created', 'modified'].map((name) => {
    const text = textOf(object, name)
    if (text === undefined) wrong('', `A ${type} has no ${name}`)
    else if (timestamp.test(text) && !Number.isNaN(Date.parse(text))) return Date.parse(text)
    else wrong(`/${name}`, `${name} is a time in UTC, such as 2024-12-31T00:00:00.000Z`, text)
    return undefined
  })
  if (created !== undefined && modified !== undefined && modified < created) {
    wrong('/modified', 'The object was modified before it was created')
  }
}
