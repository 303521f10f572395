import type { Domain, TechniqueRef } from '../../model/mapping.js'
import type { FoundTechnique } from './find-technique.js'
import { mitreIdentityObject, mitreMarkingObject } from './mitre-objects.js'
import { toTimestamp } from './set-dates.js'
import { statedFields, statedList } from './stated-fields.js'
import { stixId } from './stix-id.js'
import type { AttackPattern, MadeHere, StixId } from './stix-object.js'

const killChains: Readonly<Record<Domain, string>> = {
  enterprise: 'mitre-attack',
  mobile: 'mitre-mobile-attack',
  ics: 'mitre-ics-attack',
}

/** A technique with what the offline index knows, under MITRE's own id and name: a platform that holds ATT&CK knows it. */
export function buildTechnique({ domain, technique }: FoundTechnique): AttackPattern {
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: technique.stixId,
    created_by_ref: mitreIdentityObject.id,
    created: toTimestamp(technique.created),
    modified: toTimestamp(technique.modified),
    name: technique.name,
    kill_chain_phases: statedList(technique.tactics.map((name) => ({ kill_chain_name: killChains[domain], phase_name: name }))),
    revoked: technique.status === 'revoked' ? true : undefined,
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: technique.id,
        url: `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}`,
      },
    ],
    object_marking_refs: [mitreMarkingObject.id],
  })
}

/** The id of a technique that ATT&CK doesn't know. */
export function stubId(id: string): StixId {
  return stixId('attack-pattern', 'technique', id)
}

/** What stands for a technique that ATT&CK doesn't know. A later release may: platforms then merge the two by the reference. */
export function buildStub(technique: TechniqueRef, common: MadeHere): AttackPattern {
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: stubId(technique.id),
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: technique.name ?? technique.id,
    description: `${technique.id}: no release of ATT&CK at hand holds a technique with this id.`,
    external_references: /^T\d{4}(?:\.\d{3})?$/.test(technique.id)
      ? [{ source_name: 'mitre-attack', external_id: technique.id }]
      : undefined,
    object_marking_refs: common.object_marking_refs,
  })
}
