import { releaseName } from '../../attack/attack-index.js'
import type { CheckRule } from '../rule.js'
import { referencedReleases } from './referenced-techniques.js'

/** Reports rows that refer to techniques without stating the ATT&CK release. */
export const releaseAssumed: CheckRule = {
  id: 'check/release-assumed',
  check({ techniques }, { report }) {
    for (const { release, statedVersion, count, origin } of referencedReleases(techniques)) {
      if (statedVersion !== undefined) continue
      report('check/release-assumed', {
        message: `No ATT&CK version is stated; techniques were looked up in ${releaseName(release)}`,
        count,
        ...(origin && { origin: { document: origin.document, place: { kind: 'file' } } }),
      })
    }
  },
}

/** Reports stated ATT&CK versions of which no release with the same major version is available. */
export const unknownRelease: CheckRule = {
  id: 'check/unknown-release',
  check({ techniques }, { attack, report }) {
    for (const { release, statedVersion, count, origin } of referencedReleases(techniques)) {
      if (statedVersion === undefined || release.match !== 'newest') continue
      report('check/unknown-release', {
        message: `ATT&CK ${statedVersion} is not available; techniques were looked up in ${releaseName(release)}`,
        found: statedVersion,
        expected: `one of ${attack.versions(release.domain).join(', ')}`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}
