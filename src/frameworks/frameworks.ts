import { aws } from './aws.js'
import { azure } from './azure.js'
import { criProfile } from './cri-profile.js'
import { csaCcm } from './csa-ccm.js'
import { cve } from './cve.js'
import type { Framework } from './framework.js'
import { gcp } from './gcp.js'
import { intelVpro } from './intel-vpro.js'
import { kev } from './kev.js'
import { m365 } from './m365.js'
import { nist80053 } from './nist-800-53.js'
import { veris } from './veris.js'

/**
 * Every framework that is known, in the order in which id patterns are tried. CVE stands before KEV: pages that print
 * rows under no framework's heading are older than the mappings of KEV.
 */
export const frameworks: readonly Framework[] = [
  nist80053, veris, aws, azure, gcp, m365, cve, kev, intelVpro, criProfile, csaCcm,
]
