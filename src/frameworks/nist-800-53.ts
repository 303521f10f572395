import type { Framework } from './framework.js'
import { mitigationShape } from './stix-shapes.js'

/** NIST Special Publication 800-53, revisions 4 and 5. Ids: "AC-2", "AC-02", "AC-2(1)". */
export const nist80053: Framework = {
  id: 'nist_800_53',
  name: 'NIST 800-53',
  labels: ['NIST 800-53', 'NIST SP 800-53', 'NIST 800-53 Controls'],
  capabilityId: /^[A-Z]{2}-\d{1,2}(?: ?\(\d{1,2}\))?(?![^ ])/,
  tellingId: /^(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-\d{1,2}(?: ?\(\d{1,2}\))?(?![^ ])/,
  relations: ['mitigates', 'Protects', 'non_mappable', 'Non-Mappable'],
  stix: mitigationShape,
}
