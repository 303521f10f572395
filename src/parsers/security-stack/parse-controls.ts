import { type DocumentFile, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { UnmappedCapabilityRow } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext, Statements } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readLines, readReferences } from '../reading/read-text.js'
import { detectFramework } from './identify-control.js'
import { readHead, readTags } from './read-head.js'
import { type Control, readTechnique } from './read-technique.js'

/** The mapping sets of a document: one per control, in a list or in several YAML documents. */
export function parseControls(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const { value, file } = document
  const controls = isList(value) ? value.map((item, index) => ({ item, pointer: `/${index}` })) : [{ item: value, pointer: '' }]
  if (controls.length === 0) reader.report('parse/no-mappings', '', { found: 'an empty list' })
  for (const { item, pointer } of controls) {
    // A file that only describes a control has no rows.
    const rows = isObject(item) && !('techniques' in item) && !('platform' in item) ? [] : [{ place: { kind: 'pointer', pointer } } as const]
    const scores = itemsAt(
      item, pointer, 'techniques/[]', 'techniques/[]/technique-scores/[]',
      'techniques/[]/sub-techniques-scores/[]', 'techniques/[]/sub-techniques-scores/[]/scores/[]',
    )
    context.seen?.([...rows, ...scores])
  }
  const sets = controls.flatMap(({ item, pointer }) => readControl(item, pointer, file, context.statements, reader) ?? [])
  reader.reportCounts()
  return sets
}

const known = new Set([
  'version', 'ATT&CK version', 'creation date', 'last update', 'id', 'name', 'author', 'contact', 'organization', 'platform',
  'tags', 'description', 'techniques', 'comments', 'references',
])

/**
 * The mapping set of a control. A control that is only described has no rows; its description completes other documents. Undefined
 * if the control is invalid, or has neither rows nor a framework.
 */
function readControl(
  value: TreeValue, pointer: string, file: DocumentFile, statements: Statements, reader: FileReader,
): MappingSet | undefined {
  if (!isObject(value)) return refuse(pointer, describeValue(value), 'an object with name, platform and techniques', reader)
  countUnknown(value, known, '', pointer, reader)
  const { capability, attack, about } = readHead(value, pointer, reader)
  if (!capability) return refuse(pointer, 'a control without a name', 'name: the name of the control', reader)

  const references = readReferences(value.references, pointer, reader)
  const control: Control = { capability, ...(references && { references }) }
  const comments = readLines(value.comments, 'comments', `${pointer}/comments`, reader)
  const tags = readTags(value.tags, `${pointer}/tags`, reader)
  const techniques = listOf(value.techniques, `${pointer}/techniques`, 'a list of techniques', reader)
  const rows = techniques.flatMap((item, index) => readTechnique(item, `${pointer}/techniques/${index}`, control, reader))
  const unmapped = techniques.length > 0 ? undefined : readUnmapped(value, pointer, control, { comments, tags }, reader)
  const mappings = unmapped ? [unmapped] : rows
  const description = describeControl(value, pointer, unmapped ? undefined : comments, reader)

  const framework = detectFramework(value)
  if (!framework && mappings.length === 0) return undefined
  if (!framework && statements.framework === undefined) {
    reader.report('parse/unknown-framework', pointer, { expected: 'platform: AWS, Azure, GCP or M365' })
  }
  return createMappingSet({
    framework: framework ? { id: framework.id, name: framework.name } : unknownFramework,
    attack,
    about,
    relations: rows.length > 0 ? [{ id: 'technique_scores', name: 'Technique Scores' }] : [],
    groups: tags.map((tag) => ({ id: tag, name: tag })),
    capabilities: [{ id: capability.id, name: capability.description, ...stated({ description }), groups: tags }],
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser: 'security-stack', rows: mappings.length }],
  })
}

/** Description of a control, followed by the comments on its mapping as a whole, which belong to no single row. */
function describeControl(
  control: TreeObject, pointer: string, comments: string | undefined, reader: FileReader,
): string | undefined {
  const description = readLines(control.description, 'description', `${pointer}/description`, reader)
  return [description, comments].filter((text) => text !== undefined).join('\n\n') || undefined
}

function refuse(pointer: string, found: string, expected: string, reader: FileReader): undefined {
  reader.report('parse/invalid-document', pointer, { found, expected })
}

/** Comments and tags of a control without techniques. */
interface Remarks {
  readonly comments: string | undefined
  readonly tags: readonly string[]
}

/**
 * The row of a control without techniques. An empty list of techniques or the tag "Not Mappable" declares that it maps to nothing;
 * the comments give the reason. A file that only describes a control has no row.
 */
function readUnmapped(
  value: TreeObject, pointer: string, control: Control, { comments, tags }: Remarks, reader: FileReader,
): UnmappedCapabilityRow | undefined {
  const { capability, references } = control
  if (!('techniques' in value) && !('platform' in value)) {
    reader.report('parse/only-lists', pointer, {
      message: `The file describes the capability ${capability.id} but contains no mappings`,
      found: capability.description,
      hint: 'With --catalog, it adds the description to other documents.',
    })
    return undefined
  }
  const isDeclared = isList(value.techniques) || tags.some((tag) => tag.toLowerCase() === 'not mappable')
  if (!isDeclared) {
    const found = `the capability ${capability.id}`
    reader.report('parse/missing-technique', pointer, { found, expected: 'a list of techniques' })
  }
  return {
    kind: 'unmapped-capability',
    origins: [reader.origin(pointer)],
    capability,
    ...(isDeclared && { relation: 'non_mappable', status: 'non_mappable' }),
    ...(comments !== undefined && { comments }),
    ...(references && { references }),
  }
}
