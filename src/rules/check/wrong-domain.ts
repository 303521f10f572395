import { releaseName } from '../../attack/release-name.js'
import type { CheckRule } from './check-rule.js'
import { foreignDomains } from './foreign-domains.js'

/** A technique that another ATT&CK domain has, and the set's own never had. */
export const wrongDomain: CheckRule = {
  id: 'check/wrong-domain',
  check({ techniques }, { attack, report }) {
    for (const technique of techniques) {
      const { id, release, count, origin } = technique
      const [domain] = release.technique(id) ? [] : foreignDomains(technique, attack)
      if (domain === undefined) continue
      const known = attack.history(id).findLast((entry) => entry.domain === domain)
      report('check/wrong-domain', {
        message: `${id} ${known?.technique.name ?? ''} is a technique of the domain ${domain}, not of ${releaseName(release)}`,
        found: id,
        expected: `a technique of ${releaseName(release)}`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}
