import type { Framework } from './framework.js'
import { vulnerabilityShape } from './stix-shapes.js'

/** Common Vulnerabilities and Exposures, the mappings of 2021. Ids: "CVE-2019-15243". */
export const cve: Framework = {
  id: 'cve',
  name: 'CVE',
  labels: ['CVE', 'Common Vulnerability Enumeration (CVE)', 'Common Vulnerabilities and Exposures'],
  capabilityId: /^CVE-\d{4}-\d{4,19}(?![^ ])/i,
  relations: ['exploitation_technique', 'primary_impact', 'secondary_impact', 'uncategorized', 'non_mappable', 'Non-Mappable'],
  stix: vulnerabilityShape,
}
