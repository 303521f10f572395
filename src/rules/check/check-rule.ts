import type { AttackIndex } from '../../attack/attack-index.js'
import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { ReferencedTechnique } from './referenced-techniques.js'

/** What a rule compares with, and whom it tells. */
export interface CheckContext {
  readonly attack: AttackIndex
  readonly report: Report
}

/** A set, and the techniques that its rows refer to: gathered once for all rules. */
interface CheckSubject {
  readonly set: ResolvedSet
  readonly techniques: readonly ReferencedTechnique[]
}

/** Compares one thing of a set with ATT&CK. Changes nothing; one diagnostic per distinct technique id, with a count of rows. */
export interface CheckRule {
  /** The only code that the rule reports. */
  readonly id: Code
  check(subject: CheckSubject, context: CheckContext): void
}
