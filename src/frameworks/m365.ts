import type { Framework } from './framework.js'
import { scoredShape } from './stix-shapes.js'

/** Security capabilities of Microsoft 365. Ids end in the licence that has them: "DEF-AACI-E3", "PUR-AUS-E5". */
export const m365: Framework = {
  id: 'm365',
  name: 'M365',
  labels: ['M365', 'Microsoft 365', 'Microsoft 365 (M365)'],
  capabilityId: /^[A-Z][A-Z0-9]{1,5}-[A-Za-z0-9]{1,10}-E[35](?![^ ])/,
  relations: ['Technique Scores', 'technique_scores', 'technique_score', 'non_mappable', 'Non-Mappable'],
  stix: scoredShape,
}
