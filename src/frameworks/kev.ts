import type { Framework } from './framework.js'
import { vulnerabilityShape } from './stix-shapes.js'

/** CISA's Known Exploited Vulnerabilities. Ids are those of CVE: "CVE-2021-44228". */
export const kev: Framework = {
  id: 'kev',
  name: 'Known Exploited Vulnerabilities',
  labels: ['Known Exploited Vulnerabilities', 'Known Exploited Vulnerabilities (KEV)', 'KEV'],
  capabilityId: /^CVE-\d{4}-\d{4,19}(?![^ ])/i,
  relations: ['exploitation_technique', 'primary_impact', 'secondary_impact', 'uncategorized', 'non_mappable', 'Non-Mappable'],
  stix: vulnerabilityShape,
}
