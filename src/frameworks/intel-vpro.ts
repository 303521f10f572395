import type { Framework } from './framework.js'
import { scoredShape } from './stix-shapes.js'

/** Security features of Intel vPro hardware. Its mapping types name the software that a feature enables. */
export const intelVpro: Framework = {
  id: 'intel-vpro',
  name: 'Intel vPro',
  labels: ['Intel vPro'],
  capabilityId: /^intel-[a-z0-9-]+(?![^ ])/,
  relations: [
    'CrowdStrike AMS',
    'Crowdstrike HEED',
    'Microsoft Defender',
    'Win 11, BitLocker',
    'Win 11, Credential Guard',
    'Win 11, ESS/Hello',
    'Win 11, HWESP',
    'Win 11, KDP',
    'Win 11, PDE',
    'Win 11, Secure Boot',
    'Win 11, System Guard Secure Launch',
    'Win 11, VBS, Memory Integrity',
    'non_mappable',
    'Non-Mappable',
  ],
  stix: scoredShape,
}
