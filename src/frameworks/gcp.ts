import type { Framework } from './framework.js'
import { scoredShape } from './stix-shapes.js'

/** Security capabilities of Google Cloud Platform. Ids: "chronicle", "cloud_hardware_security_module_(hsm)". */
export const gcp: Framework = {
  id: 'gcp',
  name: 'GCP',
  labels: ['GCP', 'Google Cloud Platform (GCP)', 'Google Cloud Platform', 'Google Cloud'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  tellingId: /^(?:google|cloud|gcp)_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}
