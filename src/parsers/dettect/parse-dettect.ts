import { fieldOf, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { itemsAt } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet, type MappingSetDraft, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField, readLine, reportForeignDomain } from '../reading/read-text.js'
import { dettectKinds } from './dettect.js'
import { readTechnique } from './read-techniques.js'

const groupFields: ReadonlySet<string> = new Set(['group_name', 'campaign', 'technique_id', 'software_id', 'enabled', 'notes'])

/**
 * Reads a group: it uses each of its techniques, which are in a list, or in an object with how often each was seen. The campaign is the
 * group of the rows. Software is no technique, and groups that are not enabled do not count in DeTT&CT: both are counted.
 */
function readGroup(value: TreeValue, pointer: string, reader: FileReader): readonly Mapping[] {
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
    const score = typeof count === 'number' || (typeof count === 'string' && count.trim() !== '') ? { value: String(count) } : undefined
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

/** The rows of one framework: a set without its release and sources. */
interface Part extends Pick<MappingSetDraft, 'mappings' | 'groups'> {
  readonly framework: 'dettect' | 'dettect_visibility' | 'dettect_groups'
}

/** The sets of a file: of techniques one of what detects them and one of what sees them; of groups one. */
export function parseDettect(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const { value, file } = document
  const files: readonly (readonly [TreeValue, string])[] = isList(value) ? value.map((item, index) => [item, `/${index}`]) : [[value, '']]
  const sets = files.flatMap(([item, pointer]) => {
    const kind = fieldOf(item, 'file_type')
    if (kind === 'technique-administration') context.seen?.(itemsAt(item, pointer, 'techniques/[]', 'techniques/[]/detection|visibility/[]'))
    if (kind === 'group-administration') context.seen?.(itemsAt(item, pointer, 'groups/[]', 'groups/[]/technique_id/*'))
    if (!isObject(item)) {
      reader.report('parse/invalid-document', pointer, { found: describeValue(item), expected: 'an object with a file_type' })
      return []
    }
    const rows = [item.techniques, item.groups].flatMap((list) => (isList(list) ? list : [])).length
    if (reportForeignDomain(item.domain, { pointer: `${pointer}/domain`, file: pointer, rows }, reader)) return []
    const parts = readParts(item, pointer, reader).filter(({ mappings }) => mappings.length > 0)
    const attack = stated({ domain: readDomain(readField(item, 'domain', pointer, '', reader) ?? '') })
    return parts.map(({ framework, ...part }) => createMappingSet({
      // What sees a technique does not detect it: the framework that the user names is that of the others.
      framework: context.statements.framework === undefined || framework === 'dettect_visibility' ? releaseOf(framework) : unknownFramework,
      attack,
      ...part,
      sources: [{ name: file.name, sha256: file.sha256, parser: 'dettect', rows: part.mappings.length }],
    }))
  })
  reader.reportCounts()
  return sets
}

function releaseOf(framework: Part['framework']) {
  const { id, name } = describeFramework(framework)
  return { id, name }
}

function readParts(item: TreeObject, pointer: string, reader: FileReader): readonly Part[] {
  checkVersion(item, pointer, reader)
  switch (item.file_type) {
    case 'technique-administration': return readTechniques(item, pointer, reader)
    case 'group-administration': return readGroups(item, pointer, reader)
    case 'data-source-administration':
      reader.report('parse/no-mappings', pointer, {
        message: 'The file lists data sources of DeTT&CT, which are not mapped to techniques',
        hint: 'Use the technique administration that DeTT&CT derives from it.',
      })
      return []
    default:
      reader.report('parse/unsupported-version', `${pointer}/file_type`, {
        message: 'The file type of DeTT&CT is unknown; the file was skipped',
        found: describeValue(item.file_type),
        expected: `one of ${dettectKinds.join(', ')}`,
        hint: 'Name the kind of the file in file_type.',
      })
      return []
  }
}

/** Versions 1.x are read: 1.0 had one score for each entry, later ones have a logbook. */
function checkVersion({ version }: TreeObject, pointer: string, reader: FileReader): void {
  const text = typeof version === 'number' || typeof version === 'string' ? String(version) : ''
  if (text === '' || /^1(?:\.\d{1,3})?$/.test(text.trim())) return
  const message = 'The version of the file is unknown; it was read as 1.2'
  reader.report('parse/unknown-value', `${pointer}/version`, { message, found: text, expected: '1.0 to 1.2' })
}

const commonFields = ['version', 'file_type', 'name', 'domain', 'platform', 'notes']
const techniqueFile: ReadonlySet<string> = new Set([...commonFields, 'techniques'])
const groupFile: ReadonlySet<string> = new Set([...commonFields, 'groups'])

function readTechniques(item: TreeObject, pointer: string, reader: FileReader): readonly Part[] {
  countUnknown(item, techniqueFile, '', pointer, reader)
  const fileName = readField(item, 'name', pointer, '', reader)
  const techniques = listOf(item.techniques, `${pointer}/techniques`, 'a list of techniques', reader)
  const rows = techniques.map((technique, index) => readTechnique(technique, `${pointer}/techniques/${index}`, fileName, reader))
  const parts: readonly Part[] = [
    { framework: 'dettect', mappings: rows.flatMap(({ detections }) => detections) },
    { framework: 'dettect_visibility', mappings: rows.flatMap(({ visibilities }) => visibilities) },
  ]
  if (parts.every(({ mappings }) => mappings.length === 0)) {
    reader.report('parse/no-mappings', pointer, { message: 'No technique of the file is detected or visible' })
  }
  return parts
}

function readGroups(item: TreeObject, pointer: string, reader: FileReader): readonly Part[] {
  countUnknown(item, groupFile, '', pointer, reader)
  const groups = listOf(item.groups, `${pointer}/groups`, 'a list of groups', reader)
  const mappings = groups.flatMap((group, index) => readGroup(group, `${pointer}/groups/${index}`, reader))
  if (mappings.length === 0) reader.report('parse/no-mappings', pointer, { message: 'No group of the file has techniques and is enabled' })
  return [{ framework: 'dettect_groups', mappings }]
}
