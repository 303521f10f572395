import { releaseName } from '../../attack/release-name.js'
import type { CheckRule } from './check-rule.js'
import { referencedTechniques } from './referenced-techniques.js'

/** A technique that ATT&CK gave up without putting another in its place. */
export const deprecatedTechnique: CheckRule = {
  id: 'check/deprecated-technique',
  check(set, { attack, report }) {
    for (const { id, release, count, origin } of referencedTechniques(set, attack)) {
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
