import { releaseName } from '../../attack/attack-index.js'
import { foreignDomains } from '../../attack/find-in-releases.js'
import type { CheckRule } from '../rule.js'

/** Reports techniques that belong to another ATT&CK domain and were never in the set's own. */
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
