import type { Framework } from './framework.js'
import { scoredShape } from './stix-shapes.js'

/** Security capabilities of Amazon Web Services. Ids: "aws_cloudhsm", "amazon_guardduty". */
export const aws: Framework = {
  id: 'aws',
  name: 'AWS',
  labels: ['AWS', 'Amazon Web Services (AWS)', 'Amazon Web Services'],
  capabilityId: /^[a-z0-9][a-z0-9_()-]*(?![^ ])/,
  tellingId: /^(?:aws|amazon)_[a-z0-9_()-]+(?![^ ])/,
  relations: ['technique_scores', 'Technique Scores', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}
