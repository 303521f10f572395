import { mitreIdentity, mitreMarking } from '../../attack/attack-index.js'
import type { About } from '../../model/mapping-set.js'
import { tool } from '../../model/tool.js'
import { tlpMarkingIds } from '../../validation/stix/check-markings.js'
import { epoch, stixId, type StixId } from '../objects/stix-id.js'
import type { ExtensionDefinition, Identity, StatementMarking, TlpMarking } from './stix-object.js'
import type { StixOptions } from './stix.js'

/** Identity of Crosswalk: author of the extension definition, and of the objects of sets that name no author. */
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

/** Identity of the author of a set: its organisation, else its author, else Crosswalk. */
export function setIdentity(about: About, marking: StixId): Identity {
  const name = about.organization ?? about.name
  if (name === undefined) return crosswalkIdentity
  const identityClass = about.organization === undefined ? 'unknown' : 'organization'
  return {
    type: 'identity',
    spec_version: '2.1',
    id: stixId('identity', identityClass, name),
    // Many sets share an organisation: with dates of a set, its object would differ from bundle to bundle.
    created: epoch,
    modified: epoch,
    name,
    identity_class: identityClass,
    ...(about.contact !== undefined && { contact_information: about.contact }),
    object_marking_refs: [marking],
  }
}

/**
 * Definition of Crosswalk's property extension (STIX 2.1, section 7.3). Its id changes with the major version of its schema: a
 * reader that knows the id can read the rows.
 */
export const extensionDefinition: ExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: stixId('extension-definition', 'mapping rows', '1'),
  created_by_ref: crosswalkIdentity.id,
  created: epoch,
  modified: epoch,
  name: 'Crosswalk mapping rows',
  description:
    'Carries mapping rows unchanged: on relationships and capabilities the rows that they represent, '
    + 'on groupings the mapping set and the place of each of its rows.',
  // Without a version, so that all releases of Crosswalk write one content; docs/decisions/0022-addresses-of-schemas.md.
  schema: `https://unpkg.com/${tool.name}/schemas/stix-extension.schema.json`,
  version: '1.0.0',
  extension_types: ['property-extension'],
}

/** Key of Crosswalk's extension in `extensions`. */
export const extensionKey = extensionDefinition.id

const identityId: StixId = mitreIdentity.id
const markingId: StixId = mitreMarking.id

/** Identity of MITRE, the author of the techniques: the version that ATT&CK 8 to 16 have, which later ones supersede. */
export const mitreIdentityObject: Identity = {
  type: 'identity',
  spec_version: '2.1',
  id: identityId,
  created: mitreIdentity.created,
  modified: mitreIdentity.created,
  name: mitreIdentity.name,
  identity_class: mitreIdentity.identityClass,
  object_marking_refs: [markingId],
}

/** MITRE's marking of the techniques: its copyright statement. */
export const mitreMarkingObject: StatementMarking = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: markingId,
  created_by_ref: identityId,
  created: mitreMarking.created,
  definition_type: mitreMarking.definitionType,
  definition: { statement: mitreMarking.statement },
}

type Version1 = keyof typeof tlpMarkingIds
type Version2 = 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'

/** From the OASIS common object repository, "TLP 2.0 Extension". */
const version2Ids: Readonly<Record<Version2, StixId>> = {
  'clear': 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  'green': 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'amber': 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  'red': 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}
const version2Extension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'

/** Marking of a TLP level. AMBER+STRICT exists only in version 2, whose marking it gets for either version. */
export function tlpMarking(level: StixOptions['tlp'], version: StixOptions['tlp-version']): TlpMarking {
  if (version === '2' || level === 'amber+strict') return version2Marking(level === 'white' ? 'clear' : level)
  return version1Marking(level === 'clear' ? 'white' : level)
}

function version1Marking(level: Version1): TlpMarking {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: tlpMarkingIds[level],
    created: '2017-01-20T00:00:00.000Z',
    definition_type: 'tlp',
    name: `TLP:${level.toUpperCase()}`,
    definition: { tlp: level },
  }
}

function version2Marking(level: Version2): TlpMarking {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: version2Ids[level],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [version2Extension]: { extension_type: 'property-extension', tlp_2_0: level } },
  }
}
