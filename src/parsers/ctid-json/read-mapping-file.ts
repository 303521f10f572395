import { unknownFramework } from '../../model/unknown-framework.js'
import type { TreeDocument, TreeValue } from '../../formats/decoded.js'
import { isList, isObject } from '../../formats/tree-value.js'
import { pointerStep } from '../../formats/json-pointer.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { describeValue } from '../reading/describe-value.js'
import { createFileReader, type FileReader } from '../reading/file-reader.js'
import { readMetadata } from './read-metadata.js'
import { readRow, type FileRelease } from './read-row.js'

/** One unified mapping file, at a pointer of its document, as a set; undefined when it holds no row that can be read. */
export function readMappingFile(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext,
): MappingSet | undefined {
  const reader = createFileReader(document, context.report)
  const set = readSet(file, pointer, document, context, reader)
  reader.reportCounts()
  return set
}

function readSet(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext, reader: FileReader,
): MappingSet | undefined {
  if (!isObject(file)) {
    const expected = 'an object with metadata and mapping_objects'
    reader.report('parse/invalid-document', pointer, { found: describeValue(file), expected })
    return undefined
  }
  for (const key of Object.keys(file)) {
    if (key !== 'metadata' && key !== 'mapping_objects') reader.count('parse/unknown-field', key, pointer + pointerStep(key))
  }
  const metadata = readMetadata(file.metadata, `${pointer}/metadata`, reader)
  const mappings = readRows(file.mapping_objects, `${pointer}/mapping_objects`, metadata, reader)
  if (!mappings) return undefined
  if (mappings.length === 0) {
    reader.report('parse/no-mappings', `${pointer}/mapping_objects`)
    return undefined
  }
  const { framework } = metadata
  if (framework.id === undefined && context.statements.framework === undefined) {
    reader.report('parse/unknown-framework', `${pointer}/metadata`, { expected: 'metadata.mapping_framework' })
  }
  return createMappingSet({
    ...metadata,
    framework: { id: unknownFramework, name: 'Unknown', ...framework },
    mappings,
    sources: [{ name: document.file.name, sha256: document.file.sha256, parser: 'ctid-json', rows: mappings.length }],
  })
}

function readRows(
  value: TreeValue | undefined, pointer: string, release: FileRelease, reader: FileReader,
): readonly Mapping[] | undefined {
  if (!isList(value)) {
    reader.report('parse/invalid-document', pointer, {
      message: value === undefined ? 'The file has no mapping_objects' : 'mapping_objects is not a list',
      found: describeValue(value),
      expected: 'mapping_objects: a list of rows',
    })
    return undefined
  }
  const mappings: Mapping[] = []
  for (const [index, row] of value.entries()) {
    const mapping = readRow(row, `${pointer}/${index}`, release, reader)
    if (mapping) mappings.push(mapping)
  }
  return mappings
}
