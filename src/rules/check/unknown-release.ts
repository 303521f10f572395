import { releaseName } from '../../attack/attack-index.js'
import type { CheckRule } from '../rule.js'
import { referencedReleases } from './referenced-techniques.js'

/** A stated ATT&CK version of which not even another minor release is at hand. */
export const unknownRelease: CheckRule = {
  id: 'check/unknown-release',
  check({ techniques }, { attack, report }) {
    for (const { release, statedVersion, count, origin } of referencedReleases(techniques)) {
      if (statedVersion === undefined || release.match !== 'newest') continue
      report('check/unknown-release', {
        message: `ATT&CK ${statedVersion} is not at hand; techniques were looked up in ${releaseName(release)}`,
        found: statedVersion,
        expected: `one of ${attack.versions(release.domain).join(', ')}`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}
