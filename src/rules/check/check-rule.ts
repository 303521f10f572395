import type { AttackIndex } from '../../attack/attack-index.js'
import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'

/** What a rule compares with, and whom it tells. */
export interface CheckContext {
  readonly attack: AttackIndex
  readonly report: Report
}

/** Compares one thing of a set with ATT&CK. Changes nothing; one diagnostic per distinct technique id, with a count of rows. */
export interface CheckRule {
  /** The only code that the rule reports. */
  readonly id: Code
  check(set: ResolvedSet, context: CheckContext): void
}
