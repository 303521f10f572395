import type { AttackIndex } from '../attack/attack-index.js'
import type { Code } from '../diagnostics/catalogue.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { ReferencedTechnique } from './check/referenced-techniques.js'

/** Brings one thing of a set into its one form, and says what it changed or can't decide. */
export type NormaliseRule = (set: ResolvedSet, report: Report) => ResolvedSet

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
