import type { TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { Mapping, MappingStatus, Score, TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { foldName } from '../../model/text.js'
import { mappingStatuses } from '../../model/vocabulary.js'
import type { FileReader } from '../reading/file-reader.js'
import { objectsOf } from '../reading/read-text.js'
import { type BundleEntry, labelsOf, textOf } from './bundle-index.js'
import type { BundleCapability } from './read-capability.js'
import { carriedRows, readOwnRow } from './read-own-row.js'

/** A row as a description states it. */
interface RowText {
  readonly relation?: string
  readonly score?: Score
  readonly status?: MappingStatus
  readonly comments?: string
  readonly references?: readonly string[]
  /** Title of the row's set, if several sets share a relationship. */
  readonly title?: string
}

const REFERENCES = 'References:\n- '
const factBreaks = /\. (?=(?:Mapping type|Score|Related score|Status): )/
const fact = /^(Mapping type|Score|Related score|Status): (.+)$/

/**
 * Reads the descriptions that src/emitters/stix/describe-rows.ts writes: a line of facts, comments and references for each row. A
 * row without a line of facts cannot be distinguished from the comments of the row before it.
 */
function readRowText(text: string, object: TreeObject): readonly RowText[] {
  const rows: DraftRow[] = []
  for (const block of text === '' ? [] : text.split('\n\n')) {
    const head = readHead(block, object)
    let row = rows.at(-1)
    if (head || !row) {
      row = { ...head, paragraphs: [] }
      rows.push(row)
    }
    if (head) continue
    if (block.startsWith(REFERENCES)) row.references = block.slice(REFERENCES.length).split('\n- ')
    else row.paragraphs.push(block)
  }
  const idOf = relationIds(rows.flatMap(({ relation }) => relation ?? []), object)
  return rows.map(({ paragraphs, relation, ...row }) => Object.assign(row, stated({
    relation: relation === undefined ? undefined : idOf(relation),
    comments: paragraphs.length === 0 ? undefined : paragraphs.join('\n\n'),
  })))
}

type Head = Pick<RowText, 'relation' | 'score' | 'status' | 'title'>
type DraftRow = Head & { references?: readonly string[]; paragraphs: string[] }

function readHead(block: string, object: TreeObject): Head | undefined {
  if (!block.endsWith('.') || block.includes('\n')) return undefined
  const sentence = block.slice(0, -1)
  const title = /^.{1,300} \((?:enterprise|mobile|ics)\)(?:, set \d{1,6})?(?=\.|$)/.exec(sentence)?.[0]
  const rest = title === undefined ? sentence : sentence.slice(title.length).replace(/^\. /, '')
  const values = new Map<string, string>()
  for (const part of rest === '' ? [] : rest.split(factBreaks)) {
    const [, name, value] = fact.exec(part) ?? []
    if (name === undefined || value === undefined) return undefined
    values.set(name, value)
  }
  const score = { ...splitScore(values.get('Score'), object), ...stated({ related: values.get('Related score') }) }
  return values.size === 0 && title === undefined ? undefined : stated({
    relation: values.get('Mapping type'),
    score: Object.keys(score).length === 0 ? undefined : score,
    status: mappingStatuses.find((status) => status === values.get('Status')),
    title,
  })
}

/** Splits "protect partial" after the category, which is one of the object's labels. */
function splitScore(text: string | undefined, object: TreeObject): Score {
  if (text === undefined) return {}
  const category = labelsOf(object, 'category:').find((label) => text === label || text.startsWith(`${label} `))
  const value = category === undefined ? text : text.slice(category.length + 1)
  return stated({ category, value: value === '' ? undefined : value })
}

/** Maps the names of mapping types in descriptions to their ids in labels. Both list each type once, in the order of the rows. */
function relationIds(names: readonly string[], object: TreeObject): (name: string) => string {
  const ids = labelsOf(object, 'mapping-type:')
  const distinct = [...new Set(names)]
  if (distinct.length !== ids.length) return (name) => ids.find((id) => foldName(id) === foldName(name)) ?? name
  const byName = new Map(distinct.map((name, index) => [name, ids[index] ?? name]))
  return (name) => byName.get(name) ?? name
}

/** A row, and the title of its set if the text names one. */
export interface BundleRow {
  readonly mapping: Mapping
  readonly title?: string
}

/** The rows of a relationship or capability: those in its extension, those that its description states, or the relationship itself. */
export function readRows(
  entry: BundleEntry, capability: BundleCapability, technique: TechniqueRef | undefined, frameworkId: string | undefined,
  reader: FileReader,
): readonly BundleRow[] {
  const carried = carriedRows(entry)
  if (carried) {
    return carried.flatMap(({ value, pointer }) => {
      const mapping = readOwnRow(value, pointer, [reader.origin(pointer)], reader)
      return mapping ? [{ mapping }] : []
    })
  }
  const texts = technique ? readRelationship(entry.value, capability, frameworkId) : readUnmapped(entry.value, capability)
  return texts.map(({ title, ...facts }) => {
    const [group] = capability.groups.length === 1 ? capability.groups : []
    const common = { origins: [reader.origin(entry.pointer)], ...facts, ...stated({ group }) }
    const mapping = placeRow(capability, technique, common)
    return title === undefined ? { mapping } : { mapping, title }
  })
}

function placeRow(
  { id, name }: BundleCapability, technique: TechniqueRef | undefined,
  common: Omit<RowText, 'title'> & Pick<Mapping, 'origins' | 'group'>,
): Mapping {
  const capability = { id, ...stated({ description: name }) }
  return technique ? { kind: 'mapped', capability, technique, ...common } : { kind: 'unmapped-capability', capability, ...common }
}

function readRelationship(value: TreeObject, capability: BundleCapability, frameworkId: string | undefined): readonly RowText[] {
  const description = textOf(value, 'description') ?? ''
  if (capability.isOurs) {
    const rows = readRowText(description, value)
    return rows.length === 0 ? [{}] : rows
  }
  const references = objectsOf(value.external_references).flatMap((reference) =>
    textOf(reference, 'url') ?? textOf(reference, 'description') ?? textOf(reference, 'external_id') ?? [])
  const comments = description.replaceAll(/\r\n?/g, '\n').trim()
  const type = textOf(value, 'relationship_type')
  return [stated({
    relation: type === undefined ? undefined : (mapexRelation(type, frameworkId) ?? type),
    score: scoreOf(value),
    comments: comments === '' ? undefined : comments,
    references: references.length === 0 ? undefined : references,
  })]
}

/** Rows that map a capability to nothing; empty if the object states none. */
function readUnmapped(value: TreeObject, { unmapped, isOurs }: BundleCapability): readonly RowText[] {
  if (!isOurs) return []
  const rows = unmapped === undefined ? [] : readRowText(unmapped, value)
  if (rows.length > 0) return rows
  return labelsOf(value, 'non-mapp').length > 0 ? [{ status: 'non_mappable' }] : []
}

/** The score of a relationship. Several labels of one kind belong to different rows, so that none applies to the whole. */
function scoreOf(value: TreeObject): RowText['score'] {
  const [category, ...categories] = labelsOf(value, 'category:')
  const [score, ...scores] = labelsOf(value, 'score:')
  if (category === undefined && score === undefined) return undefined
  if (categories.length > 0 || scores.length > 0) return undefined
  return stated({ category, value: score })
}

/** Common STIX types, which any tool may write: `related-to` is VERIS' `related_to` only if the framework is known to be VERIS. */
const stixTypes: ReadonlySet<string> = new Set(['related-to'])

/** Mapping types with an underscore, of all frameworks, by the form that mapex writes. */
const relations: ReadonlyMap<string, string> = new Map(frameworks.flatMap((framework) => underscored(framework.relations))
  .filter(([written]) => !stixTypes.has(written)))

/** The mapping type of a relationship type in mapex's bundles: `technique_scores` for "technique-scores"; undefined for others. */
export function mapexRelation(type: string, frameworkId?: string): string | undefined {
  const own = frameworkId === undefined ? undefined : new Map(underscored(describeFramework(frameworkId).relations)).get(type)
  return own ?? relations.get(type)
}

function underscored(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.filter((name) => name.includes('_')).map((name) => [name.replaceAll('_', '-'), name])
}
