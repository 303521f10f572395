import type { Framework } from './framework.js'
import { mitigationShape } from './stix-shapes.js'

/** The Cloud Controls Matrix of the Cloud Security Alliance. Ids: "IAM-16", "I&S-03", "A&A-01". */
export const csaCcm: Framework = {
  id: 'csa_ccm',
  name: 'CSA CCM',
  labels: ['CSA CCM', 'CSA Cloud Controls Matrix (CCM)', 'CSA Cloud Controls Matrix', 'Cloud Controls Matrix'],
  capabilityId: /^(?:[A-Z]{3}|[A-Z]&[A-Z])-\d{2}(?![^ ])/,
  tellingId: /^(?:A&A|AIS|BCR|CCC|CEK|DCS|DSP|GRC|HRS|IAM|IPY|I&S|IVS|LOG|SEF|STA|TVM|UEM)-\d{2}(?![^ ])/,
  relations: ['mitigates', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}
