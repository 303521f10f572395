import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CheckContext } from './check-rule.js'
import { checkRules } from './check-rules.js'

/** Compares a set with ATT&CK by every rule. */
export function checkSet(set: ResolvedSet, context: CheckContext): void {
  for (const rule of checkRules) rule.check(set, context)
}
