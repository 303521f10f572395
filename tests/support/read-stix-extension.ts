import { extensionKey } from '../../src/emitters/stix/preamble-objects.js'
import {
  type Bundle, type BundleExtension, type OriginRecord, type RowRecord, type SetExtension, type SetRecord, statedFields, type StixObject,
} from '../../src/emitters/stix/stix-object.js'
import type { About, Capability, FrameworkRelease, ResolvedSet } from '../../src/model/mapping-set.js'
import type { CapabilityRef, Mapping, MappedRow, Person, Review, RowRelease, Score, TechniqueRef } from '../../src/model/mapping.js'
import type { Origin, Place } from '../../src/model/origin.js'

/** The mapping sets that a bundle of ours carries in its extension: the proof that nothing is lost. */
export function readStixExtension(bundle: Bundle): readonly ResolvedSet[] {
  const rows = new Map<string, readonly RowRecord[]>()
  const sets: SetExtension[] = []
  for (const object of bundle.objects) {
    const extension = extensionOf(object)
    if (extension && 'rows' in extension) rows.set(object.id, extension.rows)
    if (extension && 'mapping_set' in extension) sets.push(extension)
  }
  return sets.map((extension) => readSet(extension, rows))
}

function extensionOf(object: StixObject): BundleExtension | undefined {
  return object.type === 'marking-definition' ? undefined : object.extensions?.[extensionKey]
}

function readSet(extension: SetExtension, rows: ReadonlyMap<string, readonly RowRecord[]>): ResolvedSet {
  const { mapping_set: set, row_places: places } = extension
  return {
    framework: statedFields<FrameworkRelease>({
      id: set.mapping_framework,
      name: set.mapping_framework_name,
      version: set.mapping_framework_version,
    }),
    attack: statedFields<ResolvedSet['attack']>({ domain: set.technology_domain, version: set.attack_version }),
    about: readAbout(set),
    relations: new Map((set.mapping_types ?? []).map(({ mapping_type: id, ...rest }) => [id, { id, ...rest }])),
    groups: new Map((set.capability_groups ?? []).map(({ capability_group: id, ...rest }) => [id, { id, ...rest }])),
    capabilities: new Map((set.capabilities ?? []).map((record): [string, Capability] => {
      const { capability_id: id, capability_groups: groups, ...rest } = record
      return [id, { id, ...rest, groups: groups ?? [] }]
    })),
    mappings: (places ?? []).map((place) => {
      const row = place.unmapped_technique ?? rows.get(place.object_ref ?? '')?.[place.row ?? -1]
      if (!row) throw new Error(`No row at ${JSON.stringify(place)}`)
      return readRow(row, place.origins.map(readOrigin))
    }),
    sources: (set.sources ?? []).map((source) =>
      ({ name: source.document, sha256: source.sha256, parser: source.parser, rows: source.rows })),
  }
}

function readAbout(set: SetRecord): About {
  return statedFields<About>({
    mappingVersion: set.mapping_version,
    name: set.author,
    contact: set.contact,
    organization: set.organization,
    created: set.creation_date,
    modified: set.last_update,
    versionSchema: set.mapping_framework_version_schema,
  })
}

function readRow(row: RowRecord, origins: readonly Origin[]): Mapping {
  const { capability_id: capabilityId, attack_object_id: techniqueId } = row
  const common = statedFields<Omit<MappedRow, 'kind' | 'capability' | 'technique'>>({
    origins,
    relation: row.mapping_type,
    group: row.capability_group,
    score: some(statedFields<Score>({ category: row.score_category, value: row.score_value, related: row.related_score })),
    comments: row.comments,
    references: row.references,
    status: row.status,
    author: some(statedFields<Person>({ name: row.author, contact: row.author_contact, organization: row.author_organization })),
    release: some(statedFields<RowRelease>({
      attackVersion: row.attack_version,
      domain: row.technology_domain,
      framework: row.mapping_framework,
      frameworkVersion: row.mapping_framework_version,
    })),
    review: some(statedFields<Review>({
      verdict: row.auditor_verdict, initials: row.auditor_initials, remark: row.auditor_remark,
    })),
    completed: row.completed?.map(({ field, ...origin }) => ({ field, from: readOrigin(origin) })),
  })
  const capability = capabilityId === undefined
    ? undefined
    : statedFields<CapabilityRef>({ id: capabilityId, description: row.capability_description })
  const technique = techniqueId === undefined
    ? undefined
    : statedFields<TechniqueRef>({ id: techniqueId, name: row.attack_object_name })
  if (capability && technique) return { kind: 'mapped', capability, technique, ...common }
  if (capability) return { kind: 'unmapped-capability', capability, ...common }
  if (technique) return { kind: 'unmapped-technique', technique, ...common }
  throw new Error(`A row of neither a capability nor a technique: ${JSON.stringify(row)}`)
}

function some<Shape extends object>(record: Shape): Shape | undefined {
  return Object.keys(record).length === 0 ? undefined : record
}

function readOrigin({ document, ...place }: OriginRecord): Origin {
  return { document, place: readPlace(place) }
}

function readPlace({ line, column, pointer, sheet, cell }: Omit<OriginRecord, 'document'>): Place {
  if (sheet !== undefined && cell !== undefined) return { kind: 'cell', sheet, cell }
  if (pointer !== undefined) return statedFields<Extract<Place, { kind: 'pointer' }>>({ kind: 'pointer', pointer, line, column })
  return line === undefined || column === undefined ? { kind: 'file' } : { kind: 'text', line, column }
}
