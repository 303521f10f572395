import type { AttackReleaseView } from './attack-index.js'

const domainNames = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

/** A release as people call it: "Enterprise ATT&CK 16.1". */
export function releaseName({ domain, version }: Pick<AttackReleaseView, 'domain' | 'version'>): string {
  return `${domainNames[domain]} ATT&CK ${version}`
}
