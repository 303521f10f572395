import type { About } from '../../model/mapping-set.js'
import { epoch } from './set-dates.js'
import { stixId } from './stix-id.js'
import type { Identity, StixId } from './stix-object.js'

/** Crosswalk itself: it made the extension definition, and the objects of sets that name no author. */
export const crosswalkIdentity: Identity = {
  type: 'identity',
  spec_version: '2.1',
  id: stixId('identity', 'Crosswalk'),
  created: epoch,
  modified: epoch,
  name: 'Crosswalk',
  description: 'The program attack-crosswalk, which converts mappings of security capabilities to MITRE ATT&CK.',
  identity_class: 'organization',
}

/** Who made a set's mappings: the organisation that it states, else its author, else Crosswalk. */
export function setIdentity(about: About, marking: StixId): Identity {
  const name = about.organization ?? about.name
  if (name === undefined) return crosswalkIdentity
  const identityClass = about.organization === undefined ? 'unknown' : 'organization'
  return {
    type: 'identity',
    spec_version: '2.1',
    id: stixId('identity', identityClass, name),
    // The same organisation stands in many sets: dates that depend on the set would make it another each time.
    created: epoch,
    modified: epoch,
    name,
    identity_class: identityClass,
    ...(about.contact !== undefined && { contact_information: about.contact }),
    object_marking_refs: [marking],
  }
}
