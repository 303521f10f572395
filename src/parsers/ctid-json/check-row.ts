import { pointerStep } from '../../formats/json-pointer.js'
import type { TreeValue } from '../../formats/decoded.js'
import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { describeValue } from '../reading/describe-value.js'

/** The fields of a row, each a text or a list of texts. `contact` and `organization` are the Mappings Editor's names. */
const fields = new Map<string, 'text' | 'texts'>([
  ['capability_id', 'text'], ['capability_description', 'text'], ['capability_group', 'text'], ['mapping_type', 'text'],
  ['attack_object_id', 'text'], ['attack_object_name', 'text'], ['status', 'text'], ['comments', 'text'], ['references', 'texts'],
  ['score_category', 'text'], ['score_value', 'text'], ['related_score', 'text'],
  ['attack_version', 'text'], ['technology_domain', 'text'], ['mapping_framework', 'text'], ['mapping_framework_version', 'text'],
  ['author', 'text'], ['author_contact', 'text'], ['author_organization', 'text'], ['contact', 'text'], ['organization', 'text'],
])

/** Whether a row has the shape of one. When not, says what is wrong with it; unknown fields are counted, and do no harm. */
export function checkRow(row: TreeValue, pointer: string, reader: FileReader): row is TreeObject {
  if (!isObject(row)) return refuse(reader, pointer, row, 'an object with capability_id, attack_object_id, …')
  for (const key of Object.keys(row)) {
    const kind = fields.get(key)
    const value = row[key]
    if (kind === undefined) {
      reader.count('parse/unknown-field', `mapping_objects[].${key}`, pointer + pointerStep(key))
    } else if (typeof value === 'object' && value !== null) {
      if (kind === 'text') return refuse(reader, `${pointer}/${key}`, value, 'a text or null')
      if (!isTexts(value)) return refuse(reader, `${pointer}/${key}`, value, 'a list of texts, or null')
    }
  }
  return true
}

function isTexts(value: TreeValue): boolean {
  return isList(value) && value.every((item) => typeof item !== 'object' || item === null)
}

function refuse(reader: FileReader, pointer: string, found: TreeValue, expected: string): false {
  reader.report('parse/unreadable-row', pointer, { found: describeValue(found), expected, hint: 'the other rows were read' })
  return false
}
