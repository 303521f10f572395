import { fieldOf, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet, type MappingSetDraft, unknownFramework } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField, reportForeignDomain } from '../reading/read-text.js'
import { dettectKinds } from './dettect.js'
import { readGroup } from './read-groups.js'
import { readTechnique } from './read-techniques.js'

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
