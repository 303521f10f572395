import type { Framework } from './framework.js'
import { scoredShape } from './stix-shapes.js'

/** Security capabilities of Microsoft Azure. Ids: "azure_sentinel", "network_security_groups". */
export const azure: Framework = {
  id: 'azure',
  name: 'Azure',
  labels: ['Azure', 'Microsoft Azure'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  tellingId: /^(?:azure|microsoft|defender)_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}
