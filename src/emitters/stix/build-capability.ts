import { capabilityReference } from './capability-reference.js'
import { describeRows } from './describe-rows.js'
import type { CapabilityDraft } from './drafts.js'
import { encodeRow } from './encode-row.js'
import { extensionKey } from './extension-definition.js'
import { labelRows } from './label-rows.js'
import { mergeCommon } from './merge-common.js'
import { statedFields } from './stated-fields.js'
import type { CapabilityObject } from './stix-object.js'

/** The object of a capability, with the rows that map it to nothing where there are such. */
export function buildCapability(draft: CapabilityDraft, name: string, extension: boolean): CapabilityObject {
  const { from, capability, rows } = draft
  const { created_by_ref: author, created, modified, object_marking_refs: markings } = mergeCommon(from, draft.sets)
  return statedFields<CapabilityObject>({
    type: draft.type,
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: author,
    created,
    modified,
    name,
    description: describeCapability(draft),
    labels: labelCapability(draft),
    external_references: [capabilityReference(from.set.framework.id, capability.id)],
    object_marking_refs: markings,
    extensions: extension && rows.length > 0
      ? { [extensionKey]: { extension_type: 'property-extension', rows: rows.map(({ row }) => encodeRow(row)) } }
      : undefined,
  })
}

function describeCapability({ from: { set }, capability, rows, ...draft }: CapabilityDraft): string {
  const { name, version } = set.framework
  const release = version === undefined ? name : `${name} ${version}`
  const place = [`${capability.id} of ${release}`, ...groupNames({ ...draft, capability })].join(', group ')
  const blocks = [capability.name, capability.description, place, describeRows(rows)]
  return [...new Set(blocks.filter((block) => block !== undefined && block !== ''))].join('\n\n')
}

function labelCapability(draft: CapabilityDraft): readonly string[] {
  const rows = draft.rows.map(({ row }) => row)
  return [...new Set([
    `framework:${draft.from.set.framework.id}`,
    ...groupNames(draft).map((group) => `group:${group}`),
    ...(rows.some(({ status }) => status === 'non_mappable') ? ['non-mappable'] : []),
    ...labelRows(rows).filter((label) => label !== 'mapping-type:non_mappable'),
  ])]
}

/** The groups that any set puts the capability in, by the names that it gives them. */
function groupNames({ sets, capability }: Pick<CapabilityDraft, 'sets' | 'capability'>): readonly string[] {
  const names = new Set<string>()
  for (const { set } of sets) {
    for (const group of set.capabilities.get(capability.id)?.groups ?? []) names.add(set.groups.get(group)?.name ?? group)
  }
  return [...names]
}
