import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CheckContext } from './check-rule.js'
import { checkRules } from './check-rules.js'
import { referencedTechniques } from './referenced-techniques.js'

/** Compares a set with ATT&CK by every rule. */
export function checkSet(set: ResolvedSet, context: CheckContext): void {
  const techniques = referencedTechniques(set, context.attack)
  for (const rule of checkRules) rule.check({ set, techniques }, context)
}
