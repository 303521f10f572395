import type { TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import { objectsOf } from '../reading/read-text.js'
import { type BundleEntry, labelsOf, textOf } from './bundle-index.js'
import type { BundleCapability } from './read-capability.js'
import { carriedRows, readOwnRow } from './read-own-row.js'
import { readRowText, type RowText } from './read-row-text.js'

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
