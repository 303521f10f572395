import type { Framework } from './framework.js'
import { attackPatternShape } from './stix-shapes.js'

/** The Vocabulary for Event Recording and Incident Sharing. Ids: "action.malware.variety.Disable controls". */
export const veris: Framework = {
  id: 'veris',
  name: 'VERIS',
  labels: ['VERIS'],
  capabilityId: /^(?:action|actor|asset|attribute|value_chain)\.[a-z_-]+\.[a-z_]+(?:\.[^ ]+)?(?![^ ])/i,
  idsHoldSpaces: true,
  relations: ['related-to', 'related_to', 'non_mappable', 'Non-Mappable'],
  stix: attackPatternShape,
}
