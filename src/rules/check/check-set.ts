import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CheckContext, CheckRule } from '../rule.js'
import { deprecatedTechnique, revokedTechnique } from './withdrawn-technique.js'
import { parentUnknown, unknownTechnique, wrongDomain } from './unknown-technique.js'
import { referencedTechniques } from './referenced-techniques.js'
import { newerRelease, releaseAssumed, unknownRelease } from './release-stated.js'
import { techniqueNameDiffers } from './technique-name-differs.js'

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
