import { releaseName } from '../../attack/attack-index.js'
import type { CheckRule } from '../rule.js'

/** Reports techniques that ATT&CK deprecated: they have no successor. */
export const deprecatedTechnique: CheckRule = {
  id: 'check/deprecated-technique',
  check({ techniques }, { report }) {
    for (const { id, release, count, origin } of techniques) {
      const technique = release.technique(id)
      if (technique?.status !== 'deprecated') continue
      report('check/deprecated-technique', {
        message: `${id} ${technique.name} is deprecated in ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
      })
    }
  },
}
