import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CapabilityRecord, SetRecord } from './extension.js'
import { statedFields, statedList } from './stated-fields.js'

/** All that a set holds beside its rows. */
export function encodeSet(set: ResolvedSet): SetRecord {
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
