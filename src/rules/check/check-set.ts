import { explainMatch, type ReleaseMatch, releaseName, stampedVersion } from '../../attack/attack-index.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CheckContext, CheckRule } from '../rule.js'
import { deprecatedTechnique, parentUnknown, revokedTechnique, techniqueNameDiffers, unknownTechnique, wrongDomain } from './check-techniques.js'
import { mayBeInStated, referencedReleases, referencedTechniques } from './referenced-techniques.js'

/** Reports rows that refer to techniques without stating the ATT&CK release. */
const releaseAssumed: CheckRule = {
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

/** Reports stated ATT&CK versions that are not available and not newer than all that are: nothing is concluded from the latter. */
const unknownRelease: CheckRule = {
  id: 'check/unknown-release',
  check({ techniques }, { attack, report }) {
    for (const { release, statedVersion, count, origin } of referencedReleases(techniques)) {
      if (statedVersion === undefined || !substituted.has(release.match)) continue
      const which = release.match === 'earlier' ? `the nearest release before it, ${releaseName(release)}` : releaseName(release)
      report('check/unknown-release', {
        message: `ATT&CK ${statedVersion} ${explainMatch(release)}; techniques were looked up in ${which}`,
        found: statedVersion,
        expected: `one of ${attack.versions(release.domain).join(', ')}`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}

const substituted: ReadonlySet<ReleaseMatch> = new Set(['earlier', 'older', 'newest'])

/** Reports a stated ATT&CK version that is newer than all available ones, with the techniques that these do not have: they are not wrong. */
const newerRelease: CheckRule = {
  id: 'check/newer-release',
  check({ techniques }, { report }) {
    for (const { release, statedVersion, count, origin } of referencedReleases(techniques)) {
      if (statedVersion === undefined || release.match !== 'newer') continue
      const own = techniques.filter((technique) => technique.release.domain === release.domain && technique.statedVersion === statedVersion)
      const unknown = own.filter((technique) => mayBeInStated(technique) && !release.technique(technique.id)).map(({ id }) => id)
      const listed = `${unknown.slice(0, mostNamed).join(', ')}${unknown.length > mostNamed ? ', …' : ''}`
      const kept = unknown.length === 0 ? '' : `. Not in the index, and kept as stated: ${countNoun(unknown.length, 'technique')} (${listed})`
      report('check/newer-release', {
        message: `ATT&CK ${statedVersion} ${explainMatch(release)}; techniques were looked up in ${releaseName(release)}${kept}`,
        found: statedVersion,
        hint: `Add the release: \`crosswalk attack fetch ${stampedVersion(release)}\`, or \`crosswalk attack add BUNDLE\`.`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}

/** Ids that a message names. */
const mostNamed = 10

/** Compares a set with ATT&CK, rule by rule. */
export function checkSet(set: ResolvedSet, context: CheckContext): void {
  const techniques = referencedTechniques(set, context.attack)
  for (const rule of checkRules) rule.check({ set, techniques }, context)
}

/** The rules, in the order of checking: first the release that the set is compared with, then each technique. */
export const checkRules: readonly CheckRule[] = [
  unknownRelease,
  newerRelease,
  releaseAssumed,
  unknownTechnique,
  parentUnknown,
  wrongDomain,
  revokedTechnique,
  deprecatedTechnique,
  techniqueNameDiffers,
]
