import type { Mapping } from '../../model/mapping.js'
import type { SetDraft } from './drafts.js'
import { encodeSet } from './encode-set.js'
import type { SetExtension } from './extension.js'
import { extensionKey } from './extension-definition.js'
import { statedFields, statedList } from './stated-fields.js'
import type { Grouping } from './stix-object.js'

/** The container of a set: it refers to the set's objects and carries what belongs to the set as a whole. */
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
    // A set of unmapped techniques has no objects, and STIX wants at least one: the set's author.
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
