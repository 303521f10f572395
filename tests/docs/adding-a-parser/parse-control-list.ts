import { isObject, type TreeDocument, type TreeValue } from '../../../src/formats/decoded.js'
import { itemsAt } from '../../../src/formats/rows.js'
import { describeFramework } from '../../../src/frameworks/find-framework.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../../src/model/mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
import { stated } from '../../../src/model/stated.js'
import type { ParseContext } from '../../../src/parsers/parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../../../src/parsers/reading/file-reader.js'
import { listOf, readField, readLine } from '../../../src/parsers/reading/read-text.js'

const listFields = new Set(['framework', 'attack', 'controls'])
const controlFields = new Set(['id', 'name', 'mitigates'])

/** The set of a list: a row for each technique of each control. None if no row can be read. */
export function parseControlList(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const { value, file } = document
  if (!isObject(value)) return []
  const reader = createFileReader(document, context.report)
  countUnknown(value, listFields, '', '', reader)
  const name = readField(value, 'framework', '', '', reader)
  const attack = stated({ version: readField(value, 'attack', '', '', reader) })
  context.seen?.(itemsAt(value, '', 'controls/[]', 'controls/[]/mitigates/[]'))
  const controls = listOf(value.controls, '/controls', 'a list of controls', reader)
  const mappings = controls.flatMap((control, index) => readControl(control, `/controls/${index}`, reader))

  if (name === undefined && context.statements.framework === undefined) reader.report('parse/unknown-framework', '')
  if (mappings.length === 0) reader.report('parse/no-mappings', '')
  reader.reportCounts()
  if (mappings.length === 0) return []
  const framework = name === undefined ? unknownFramework : describeFramework(name)
  return [createMappingSet({
    framework: { id: framework.id, name: framework.name },
    attack,
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser: 'control-list', rows: mappings.length }],
  })]
}

/** The rows of a control. Each is a mapping or is reported: one without an id, and a control without techniques, are no exceptions. */
function readControl(control: TreeValue, pointer: string, reader: FileReader): readonly Mapping[] {
  if (!isObject(control)) return refuse(pointer, describeValue(control), 1, reader)
  countUnknown(control, controlFields, 'controls[].', pointer, reader)
  const id = readField(control, 'id', pointer, 'controls[].', reader)
  const techniques = listOf(control.mitigates, `${pointer}/mitigates`, 'a list of technique ids', reader)
  if (id === undefined) return refuse(pointer, 'a control without an id', Math.max(1, techniques.length), reader)
  const capability = { id, ...stated({ description: readField(control, 'name', pointer, 'controls[].', reader) }) }
  if (techniques.length === 0) {
    reader.report('parse/missing-technique', pointer, { found: `the control ${id}`, expected: 'a list of technique ids' })
    return [{ kind: 'unmapped-capability', origins: [reader.origin(pointer)], capability }]
  }
  return techniques.flatMap((item, index): readonly Mapping[] => {
    const at = `${pointer}/mitigates/${index}`
    const technique = readLine(item, 'controls[].mitigates[]', at, reader)
    if (technique === undefined) return refuse(at, describeValue(item), 1, reader)
    return [{ kind: 'mapped', origins: [reader.origin(at)], capability, technique: { id: technique }, relation: 'mitigates' }]
  })
}

function refuse(pointer: string, found: string, count: number, reader: FileReader): readonly Mapping[] {
  const expected = 'a control with an id and a list of technique ids'
  reader.report('parse/unreadable-row', pointer, { found, expected, hint: 'The other rows were read.', count })
  return []
}
