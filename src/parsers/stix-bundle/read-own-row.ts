import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Completion, Mapping } from '../../model/mapping.js'
import type { Origin, Place } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import { mappingStatuses } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { objectsOf } from '../reading/read-text.js'
import { type BundleEntry, textOf, textsOf } from './bundle-index.js'

/** Reads a row of Crosswalk's extension, which contains every field of a mapping. Undefined, and reported, if it is not a row. */
export function readOwnRow(
  row: TreeValue | undefined, pointer: string, origins: readonly Origin[], reader: FileReader,
): Mapping | undefined {
  if (!isObject(row)) {
    reader.report('parse/unreadable-row', pointer, { found: describeValue(row), expected: 'an object with capability_id, …' })
    return undefined
  }
  const text = (name: string): string | undefined => textOf(row, name)
  const references = textsOf(row, 'references')
  const completed = objectsOf(row.completed).flatMap((entry) => readCompletion(entry) ?? [])
  const common = {
    origins,
    ...stated({
      relation: text('mapping_type'),
      group: text('capability_group'),
      score: unlessEmpty(stated({ category: text('score_category'), value: text('score_value'), related: text('related_score') })),
      comments: text('comments'),
      references: references.length === 0 ? undefined : references,
      status: mappingStatuses.find((status) => status === row.status),
      author: unlessEmpty(stated({ name: text('author'), contact: text('author_contact'), organization: text('author_organization') })),
      release: unlessEmpty(stated({
        attackVersion: text('attack_version'),
        domain: text('technology_domain'),
        framework: text('mapping_framework'),
        frameworkVersion: text('mapping_framework_version'),
      })),
      review: unlessEmpty(stated({
        verdict: text('auditor_verdict'), initials: text('auditor_initials'), remark: text('auditor_remark'),
      })),
      completed: completed.length === 0 ? undefined : completed,
    }),
  }
  const capabilityId = text('capability_id')
  const techniqueId = text('attack_object_id')
  const capability = capabilityId === undefined ? undefined
    : { id: capabilityId, ...stated({ description: text('capability_description') }) }
  const technique = techniqueId === undefined ? undefined : { id: techniqueId, ...stated({ name: text('attack_object_name') }) }
  if (capability && technique) return { kind: 'mapped', capability, technique, ...common }
  if (capability) return { kind: 'unmapped-capability', capability, ...common }
  if (technique) return { kind: 'unmapped-technique', technique, ...common }
  reader.report('parse/empty-row', pointer, { expected: 'a capability_id, an attack_object_id, or both' })
  return undefined
}

/** Origins of a row in the documents from which the bundle was written. */
export function readFormerOrigins(value: TreeValue | undefined): readonly Origin[] {
  return isList(value) ? value.filter(isObject).flatMap((origin) => readOrigin(origin) ?? []) : []
}

function readCompletion(entry: TreeObject): Completion | undefined {
  const field = textOf(entry, 'field')
  const from = readOrigin(entry)
  return field === undefined || !from ? undefined : { field, from }
}

function readOrigin(entry: TreeObject): Origin | undefined {
  const document = textOf(entry, 'document')
  return document === undefined ? undefined : { document, place: readPlace(entry) }
}

/** The fields that are present determine the kind of place. */
function readPlace(entry: TreeObject): Place {
  const sheet = textOf(entry, 'sheet')
  const cell = textOf(entry, 'cell')
  if (sheet !== undefined && cell !== undefined) return { kind: 'cell', sheet, cell }
  const line = countOf(entry.line)
  const column = countOf(entry.column)
  if (typeof entry.pointer === 'string') return { kind: 'pointer', pointer: entry.pointer, ...stated({ line, column }) }
  return line === undefined || column === undefined ? { kind: 'file' } : { kind: 'text', line, column }
}

function countOf(value: TreeValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function unlessEmpty<Shape extends object>(record: Shape): Shape | undefined {
  return Object.keys(record).length === 0 ? undefined : record
}

/** Id of Crosswalk's extension definition and key of the property extension. Its schema is schemas/stix-extension.schema.json. */
export const extensionKey = 'extension-definition--d302f792-7799-5d0b-905f-508ee3035542'

/** Crosswalk's extension of an object, and its place. */
export interface OwnExtension {
  readonly value: TreeObject
  readonly pointer: string
}

/** Crosswalk's extension of an object; undefined if it has none. */
export function extensionOf({ value, pointer }: BundleEntry): OwnExtension | undefined {
  const extension = isObject(value.extensions) ? value.extensions[extensionKey] : undefined
  return isObject(extension) ? { value: extension, pointer: `${pointer}/extensions${pointerStep(extensionKey)}` } : undefined
}

/** The rows in an object's extension, with their places; undefined if it has none. */
export function carriedRows(entry: BundleEntry): readonly { readonly value: TreeValue; readonly pointer: string }[] | undefined {
  const extension = extensionOf(entry)
  const rows = extension?.value.rows
  if (!extension || !isList(rows)) return undefined
  return rows.map((value, index) => ({ value, pointer: `${extension.pointer}/rows/${index}` }))
}
