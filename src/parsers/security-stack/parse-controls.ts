import { type DocumentFile, isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { type About, type AttackRelease, createMappingSet, type MappingSet, unknownFramework } from '../../model/mapping-set.js'
import type { UnmappedCapabilityRow } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext, Statements } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField, readLine, readLines, readReferences, readStatedDate } from '../reading/read-text.js'
import { type Control, readTechnique } from './read-technique.js'

/** Fields that apply to all rows of a control. The capability is absent if the control has neither a name nor an id. */
interface ControlHead {
  readonly capability?: { readonly id: string; readonly description: string }
  readonly attack: AttackRelease
  readonly about: About
}

/** Reads the fields above a control's techniques. By its documentation, the format is for Enterprise ATT&CK only. */
function readHead(control: TreeObject, pointer: string, reader: FileReader): ControlHead {
  const line = (key: string): string | undefined => readField(control, key, pointer, '', reader)
  const date = (key: string): string | undefined => readStatedDate(line(key), `${pointer}/${key}`, reader)
  const name = line('name')
  const id = line('id') ?? (name === undefined ? undefined : nameCapability(name))
  const platform = control.platform
  if (platform !== undefined && platform !== null && typeof platform !== 'string') {
    const expected = 'AWS, Azure, GCP or M365'
    reader.report('parse/unknown-value', `${pointer}/platform`, { found: describeValue(platform), expected })
  }
  return {
    ...(id !== undefined && { capability: { id, description: name ?? id } }),
    attack: stated({ domain: 'enterprise' as const, version: release(control['ATT&CK version']) ?? line('ATT&CK version') }),
    about: stated({
      mappingVersion: typeof control.version === 'number' ? String(control.version) : line('version'),
      name: line('author'),
      contact: line('contact'),
      organization: line('organization'),
      created: date('creation date'),
      modified: date('last update'),
    }),
  }
}

/** The ATT&CK version, a number in this format: no reason for `parse/read-as-text`. 9 is release 9.0, as in CTID's unified files. */
function release(value: TreeValue | undefined): string | undefined {
  if (typeof value !== 'number') return undefined
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** A control's tags, each once, in document order: a list, or a string with commas. */
function readTags(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly string[] {
  const items = isList(value) ? value : typeof value === 'string' ? value.split(',').map((tag) => tag.trim()) : [value]
  const tags = new Set<string>()
  for (const [index, item] of items.entries()) {
    const at = isList(value) ? `${pointer}/${index}` : pointer
    if (typeof item === 'object' && item !== null) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'a tag' })
    }
    const tag = readLine(item, 'tags', at, reader)
    if (tag !== undefined) tags.add(tag)
  }
  return [...tags]
}

/** The framework that a control's platform names, or else the only one whose id pattern matches the control's id. */
export function detectFramework({ platform, id }: TreeObject): Framework | undefined {
  if (typeof platform === 'string' && platform.trim() !== '') return describeFramework(platform)
  if (typeof id !== 'string') return undefined
  const [only, ...others] = frameworks.filter(({ distinctiveId }) => distinctiveId?.test(id))
  return others.length === 0 ? only : undefined
}

/**
 * The capability id that CTID's unified files derive from a control's name: lower-case, spaces as underscores. "Cloud Hardware
 * Security Module (HSM)" is cloud_hardware_security_module_(hsm). All 125 ids of the files for AWS, Azure and GCP follow this rule.
 */
function nameCapability(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}

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
