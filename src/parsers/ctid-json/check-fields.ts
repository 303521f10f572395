import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'

type FieldKind = 'text' | 'texts'

/** The fields of a row, each a text or a list of texts. The Mappings Editor writes `contact` and `organization`. */
const fields = new Map<string, FieldKind>([
  ['capability_id', 'text'], ['capability_description', 'text'], ['capability_group', 'text'], ['mapping_type', 'text'],
  ['attack_object_id', 'text'], ['attack_object_name', 'text'], ['status', 'text'], ['comments', 'text'], ['references', 'texts'],
  ['score_category', 'text'], ['score_value', 'text'], ['related_score', 'text'],
  ['attack_version', 'text'], ['technology_domain', 'text'], ['mapping_framework', 'text'], ['mapping_framework_version', 'text'],
  ['author', 'text'], ['author_contact', 'text'], ['author_organization', 'text'], ['contact', 'text'], ['organization', 'text'],
])

/** Creates the check of a file's rows: validates the shape of one and reports its first error. Unknown fields are counted; they do not make a row invalid. */
export function createRowCheck(reader: FileReader): (row: TreeValue, pointer: string) => row is TreeObject {
  // Rows of a file have the same fields in the same order, nearly all of them: their kinds are looked up once.
  const keys: string[] = []
  const kinds: (FieldKind | undefined)[] = []

  return (row, pointer): row is TreeObject => {
    if (!isObject(row)) return refuse(reader, pointer, row, 'an object with capability_id, attack_object_id, …')
    let nth = 0
    for (const key in row) {
      if (keys[nth] !== key) {
        keys[nth] = key
        kinds[nth] = fields.get(key)
      }
      const kind = kinds[nth]
      nth += 1
      const value = row[key]
      if (kind === undefined) {
        reader.count('parse/unknown-field', `mapping_objects[].${key}`, pointer + pointerStep(key))
      } else if (typeof value === 'object' && value !== null) {
        if (kind === 'text') return refuse(reader, `${pointer}/${key}`, value, 'a string or null')
        if (!isTexts(value)) return refuse(reader, `${pointer}/${key}`, value, 'a list of strings, or null')
      }
    }
    return true
  }
}

function isTexts(value: TreeValue): boolean {
  return isList(value) && value.every((item) => typeof item !== 'object' || item === null)
}

function refuse(reader: FileReader, pointer: string, found: TreeValue, expected: string): false {
  reader.report('parse/unreadable-row', pointer, { found: describeValue(found), expected, hint: 'The other rows were read.' })
  return false
}
