import type { TreeDocument } from '../../formats/decoded.js'
import { isList } from '../../formats/tree-value.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { createFileReader } from '../reading/file-reader.js'
import { readControl } from './read-control.js'

/** The sets of a document: one for its control, or one for each when it holds a list of them or several YAML documents. */
export function parseControls(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const { value, file } = document
  const controls = isList(value) ? value.map((item, index) => ({ item, pointer: `/${index}` })) : [{ item: value, pointer: '' }]
  if (controls.length === 0) reader.report('parse/no-mappings', '', { found: 'an empty list' })
  const sets = controls.flatMap(({ item, pointer }) => readControl(item, pointer, file, context.statements, reader) ?? [])
  reader.reportCounts()
  return sets
}
