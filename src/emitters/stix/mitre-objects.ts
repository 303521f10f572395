import { mitreIdentity, mitreMarking } from '../../attack/mitre-identity.js'
import type { Identity, StatementMarking, StixId } from './stix-object.js'

const identityId: StixId = mitreIdentity.id
const markingId: StixId = mitreMarking.id

/** MITRE, to whom the techniques belong. */
export const mitreIdentityObject: Identity = {
  type: 'identity',
  spec_version: '2.1',
  id: identityId,
  created: mitreIdentity.created,
  modified: mitreIdentity.modified,
  name: mitreIdentity.name,
  identity_class: mitreIdentity.identityClass,
  object_marking_refs: [markingId],
}

/** The statement that MITRE marks the techniques with. */
export const mitreMarkingObject: StatementMarking = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: markingId,
  created_by_ref: identityId,
  created: mitreMarking.created,
  definition_type: mitreMarking.definitionType,
  definition: { statement: mitreMarking.statement },
}
