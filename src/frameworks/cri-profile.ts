import type { Framework } from './framework.js'
import { mitigationShape } from './stix-shapes.js'

/** The profile of the Cyber Risk Institute. Ids: "DE.AE-02.01", "EX.DD-04.01". */
export const criProfile: Framework = {
  id: 'cri_profile',
  name: 'CRI Profile',
  labels: ['CRI Profile', 'The CRI Profile'],
  capabilityId: /^[A-Z]{2}\.[A-Z]{2}-\d{2}(?:\.\d{2})?(?![^ ])/,
  tellingId: /^(?:GV|ID|PR|DE|RS|RC|EX)\.[A-Z]{2}-\d{2}(?:\.\d{2})?(?![^ ])/,
  relations: ['Mitigates', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}
