import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { SetDraft } from './drafts.js'
import { extensionKey } from './preamble-objects.js'
import { type CapabilityRecord, type Grouping, type SetExtension, type SetRecord, statedFields, statedList } from './stix-object.js'

/** Builds the grouping of a set: references to its objects, and its metadata. */
export function buildGrouping(draft: SetDraft, extension: boolean): Grouping {
  const { common, identity, title, objects } = draft
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
    object_refs: objects.size === 0 ? [identity.id] : [...objects],
    labels: [`framework:${framework.id}`, `attack-domain:${attack.domain}`],
    object_marking_refs: common.object_marking_refs,
    extensions: extension ? { [extensionKey]: encodeExtension(draft) } : undefined,
  })
}

function encodeExtension({ set, places }: SetDraft): SetExtension {
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
