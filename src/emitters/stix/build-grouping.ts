import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { ArtifactPiece } from '../emitter.js'
import type { StixId } from '../objects/stix-id.js'
import type { SetDraft } from './drafts.js'
import { encodeOrigin, encodeRow } from './encode-row.js'
import { extensionKey } from './preamble-objects.js'
import { type CapabilityRecord, type Grouping, type RowPlace, type SetExtension, type SetRecord, statedFields, statedList } from './stix-object.js'

/** Builds the grouping of a set: references to its objects, and its metadata with the places of all rows. */
export function buildGrouping(draft: SetDraft, extension: boolean): Grouping {
  return buildFrame(draft, extension ? encodeExtension(draft, placeRows(draft, 0, draft.places.length)) : undefined)
}

/** Rows whose places are made, validated and serialised together. */
const rowsPerPiece = 1000
/** The end of a grouping with places of rows, which are the last of its properties. */
const end = ']}}}'

/**
 * A grouping in pieces, since it is the one object that grows with the set. The item of the first is the grouping with the places of the first
 * rows, and those of the others have the places of more rows, but not the rest of the set.
 */
export function* writeGrouping(draft: SetDraft, extension: boolean): Iterable<ArtifactPiece> {
  const first = encodeExtension(draft, placeRows(draft, 0, rowsPerPiece))
  const whole = buildFrame(draft, extension ? first : undefined)
  const text = JSON.stringify(whole)
  if (!extension || draft.places.length <= rowsPerPiece) {
    yield { items: [whole], text }
    return
  }
  yield { items: [whole], text: text.slice(0, -end.length) }
  const { mapping_framework, mapping_framework_name, technology_domain } = first.mapping_set
  const rest = { ...first, mapping_set: { mapping_framework, mapping_framework_name, technology_domain } }
  for (let from = rowsPerPiece; from < draft.places.length; from += rowsPerPiece) {
    const places = placeRows(draft, from, from + rowsPerPiece)
    const item = { ...whole, object_refs: whole.object_refs.slice(0, 1), extensions: { [extensionKey]: { ...rest, row_places: places } } }
    yield { items: [item], text: `,${JSON.stringify(places).slice(1, -1)}` }
  }
  yield { items: [], text: end }
}

function buildFrame(draft: SetDraft, extension: SetExtension | undefined): Grouping {
  const { common, identity, title } = draft
  const objects = listObjects(draft)
  const { framework, attack } = draft.set
  return statedFields<Grouping>({
    type: 'grouping',
    spec_version: '2.1',
    id: draft.groupingId,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: title,
    description: describeSet(draft),
    context: 'unspecified',
    // STIX requires at least one reference. A set of unmapped techniques has no objects, so its author is referenced.
    object_refs: objects.length === 0 ? [identity.id] : objects,
    labels: [`framework:${framework.id}`, `attack-domain:${attack.domain}`],
    object_marking_refs: common.object_marking_refs,
    extensions: extension && { [extensionKey]: extension },
  })
}

/** The ids of a set's objects, in order of appearance: capabilities, then techniques and relationships, row by row. */
function listObjects({ capabilities, places }: SetDraft): readonly StixId[] {
  const ids = new Set(capabilities.map(({ id }) => id))
  for (const place of places) {
    if (place && 'technique' in place) ids.add(place.technique).add(place.id)
  }
  return [...ids]
}

function encodeExtension({ set }: SetDraft, places: readonly RowPlace[]): SetExtension {
  return statedFields<SetExtension>({
    extension_type: 'property-extension',
    mapping_set: encodeSet(set),
    row_counts: {
      mapped: count(set.mappings, 'mapped'),
      unmapped_capability: count(set.mappings, 'unmapped-capability'),
      unmapped_technique: count(set.mappings, 'unmapped-technique'),
    },
    row_places: statedList(places),
  })
}

/** The places of some rows. */
function placeRows({ set, places, numbers }: SetDraft, from: number, to: number): readonly RowPlace[] {
  return set.mappings.slice(from, to).map((row, index): RowPlace => {
    const place = places[from + index]
    const origins = row.origins.map(encodeOrigin)
    return place ? { object_ref: place.id, row: numbers[from + index] ?? 0, origins } : { unmapped_technique: encodeRow(row), origins }
  })
}

function describeSet({ title, set }: SetDraft): string {
  const unmapped = count(set.mappings, 'unmapped-technique')
  const lines = [
    `Mapping of ${title}.`,
    `Rows: ${set.mappings.length}. Capabilities: ${set.capabilities.size}.`,
    ...(unmapped === 0 ? [] : [`Techniques without a capability: ${unmapped}.`]),
  ]
  return lines.join('\n')
}

function count(rows: readonly Mapping[], kind: Mapping['kind']): number {
  return rows.reduce((sum, row) => sum + (row.kind === kind ? 1 : 0), 0)
}

/** A set without its rows. */
function encodeSet(set: ResolvedSet): SetRecord {
  const { framework, attack, about } = set
  return statedFields<SetRecord>({
    mapping_framework: framework.id,
    mapping_framework_name: framework.name,
    mapping_framework_version: framework.version,
    mapping_framework_version_schema: about.versionSchema,
    technology_domain: attack.domain,
    attack_version: attack.version,
    mapping_version: about.mappingVersion,
    author: about.name,
    contact: about.contact,
    organization: about.organization,
    creation_date: about.created,
    last_update: about.modified,
    mapping_types: statedList(Array.from(set.relations.values(), ({ id, ...rest }) => ({ mapping_type: id, ...rest }))),
    capability_groups: statedList(Array.from(set.groups.values(), ({ id, ...rest }) => ({ capability_group: id, ...rest }))),
    capabilities: statedList(Array.from(set.capabilities.values(), ({ id, groups, ...rest }) =>
      statedFields<CapabilityRecord>({ capability_id: id, ...rest, capability_groups: statedList(groups) }))),
    sources: statedList(set.sources.map(({ name, ...rest }) => ({ document: name, ...rest }))),
  })
}
