import type { StixOptions } from './stix-options.js'
import type { TlpMarking, StixId } from './stix-object.js'

type Version1 = 'white' | 'green' | 'amber' | 'red'
type Version2 = 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'

/** STIX 2.1, section 7.2.1.4. */
const version1Ids: Readonly<Record<Version1, StixId>> = {
  white: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
  green: 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
  amber: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
  red: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
}

/** OASIS' common object repository, "TLP 2.0 Extension". */
const version2Ids: Readonly<Record<Version2, StixId>> = {
  'clear': 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  'green': 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'amber': 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  'red': 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}
const version2Extension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'

/** The marking of a level. AMBER+STRICT exists in version 2 only and is never weakened: it takes version 2's marking. */
export function tlpMarking(level: StixOptions['tlp'], version: StixOptions['tlp-version']): TlpMarking {
  if (version === '2' || level === 'amber+strict') return version2Marking(level === 'white' ? 'clear' : level)
  return version1Marking(level === 'clear' ? 'white' : level)
}

function version1Marking(level: Version1): TlpMarking {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: version1Ids[level],
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
