import type { CheckRule } from './check-rule.js'
import { deprecatedTechnique } from './deprecated-technique.js'
import { parentUnknown } from './parent-unknown.js'
import { releaseAssumed } from './release-assumed.js'
import { revokedTechnique } from './revoked-technique.js'
import { techniqueNameDiffers } from './technique-name-differs.js'
import { unknownRelease } from './unknown-release.js'
import { unknownTechnique } from './unknown-technique.js'
import { wrongDomain } from './wrong-domain.js'

/** The rules, in the order in which a set is checked: first against which release, then each technique. */
export const checkRules: readonly CheckRule[] = [
  unknownRelease,
  releaseAssumed,
  unknownTechnique,
  parentUnknown,
  wrongDomain,
  revokedTechnique,
  deprecatedTechnique,
  techniqueNameDiffers,
]
