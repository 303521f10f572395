import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { itemsTogether, takeTogether } from '../artifact-parts.js'
import type { ArtifactPiece } from '../emitter.js'
import type { StixId } from '../objects/stix-id.js'
import type { Drafts } from './collect-drafts.js'
import type { SetDraft } from './drafts.js'
import { encodeOrigin, encodeRow } from './encode-row.js'
import { extensionKey } from './preamble-objects.js'
import { type CapabilityRecord, type Grouping, type RowPlace, type SetExtension, type SetRecord, statedFields, statedList } from './stix-object.js'

/** Builds the grouping of a set: references to its objects, and its metadata with the places of all rows. */
export function buildGrouping(draft: SetDraft, drafts: Drafts, extension: boolean): Grouping {
  return buildFrame(draft, [...listObjects(draft, drafts)], extension ? encodeExtension(draft, placeRows(draft, drafts, 0, draft.places.length)) : undefined)
}

/** The beginning of the references in the text of a grouping: within a text, quotation marks are escaped. */
const referencesStart = '"object_refs":['
/** The end of a grouping with places of rows, which are the last of its properties. */
const end = ']}}}'

/**
 * A grouping in pieces, since it is the one object that grows with the set. The item of the first is the grouping with the first references and
 * the places of the first rows; those of the others have more of either, but not the rest of the set.
 */
export function* writeGrouping(draft: SetDraft, drafts: Drafts, extension: boolean): Iterable<ArtifactPiece> {
  const slices = takeTogether(listObjects(draft, drafts), itemsTogether)
  const references = slices.next().value ?? []
  const first = encodeExtension(draft, placeRows(draft, drafts, 0, itemsTogether))
  const whole = buildFrame(draft, references, extension ? first : undefined)
  const distinct = (texts: readonly string[]) => ({ distinct: { list: draft.groupingId, texts } })
  const text = JSON.stringify(whole)
  const afterReferences = text.indexOf(']', text.indexOf(referencesStart))
  yield { items: [whole], text: text.slice(0, afterReferences), ...distinct(references) }

  const { mapping_framework, mapping_framework_name, technology_domain } = first.mapping_set
  const rest = { ...first, mapping_set: { mapping_framework, mapping_framework_name, technology_domain } }
  const withPlaces = (places: readonly RowPlace[]) => ({ extensions: { [extensionKey]: { ...rest, row_places: places } } })
  // Ids have no character that JSON escapes.
  for (const more of slices) {
    const item = { ...whole, object_refs: more, ...(extension && withPlaces(first.row_places?.slice(0, 1) ?? [])) }
    yield { items: [item], text: `,"${more.join('","')}"`, ...distinct(more) }
  }
  if (!extension || draft.places.length <= itemsTogether) {
    yield { items: [], text: text.slice(afterReferences) }
    return
  }
  yield { items: [], text: text.slice(afterReferences, -end.length) }
  for (let from = itemsTogether; from < draft.places.length; from += itemsTogether) {
    const places = placeRows(draft, drafts, from, from + itemsTogether)
    const item = { ...whole, object_refs: references.slice(0, 1), ...withPlaces(places) }
    yield { items: [item], text: `,${JSON.stringify(places).slice(1, -1)}` }
  }
  yield { items: [], text: end }
}

function buildFrame(draft: SetDraft, references: readonly StixId[], extension: SetExtension | undefined): Grouping {
  const { common, title } = draft
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
    object_refs: references,
    labels: [`framework:${framework.id}`, `attack-domain:${attack.domain}`],
    object_marking_refs: common.object_marking_refs,
    extensions: extension && { [extensionKey]: extension },
  })
}

/** The ids of a set's objects, in order of appearance: capabilities, then techniques and relationships, row by row. */
function* listObjects({ identity, capabilities, places }: SetDraft, { relationships, techniqueIds }: Drafts): Iterable<StixId> {
  // STIX requires at least one reference. A set of unmapped techniques has no objects, so its author is referenced.
  if (capabilities.length === 0 && places.every((place) => place === 0)) yield identity.id
  for (const { id } of capabilities) yield id
  const [techniquesSeen, relationshipsSeen] = [new Uint8Array(techniqueIds.length), new Uint8Array(relationships.count())]
  for (const place of places) {
    const relationship = place - 1
    if (relationship < 0 || relationshipsSeen[relationship] === 1) continue
    relationshipsSeen[relationship] = 1
    const technique = relationships.techniqueOf(relationship)
    if (techniquesSeen[technique] !== 1) yield techniqueIds[technique] ?? ''
    techniquesSeen[technique] = 1
    yield relationships.idOf(relationship)
  }
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
function placeRows({ set, places, numbers }: SetDraft, { relationships, capabilities }: Drafts, from: number, to: number): readonly RowPlace[] {
  return set.mappings.slice(from, to).map((row, index): RowPlace => {
    const place = places[from + index] ?? 0
    const origins = row.origins.map(encodeOrigin)
    if (place === 0) return { unmapped_technique: encodeRow(row), origins }
    const id = place > 0 ? relationships.idOf(place - 1) : capabilities[-place - 1]?.id ?? ''
    return { object_ref: id, row: numbers[from + index] ?? 0, origins }
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
