import type { AttackIndex } from '../attack/attack-index.js'
import type { Code } from '../diagnostics/catalogue.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { ReferencedTechnique } from './check/referenced-techniques.js'

/** Normalises one aspect of a set; reports what it changed, and what it could not decide. */
export type NormaliseRule = (set: ResolvedSet, report: Report) => ResolvedSet

/** The ATT&CK releases to compare with, and where to report. */
export interface CheckContext {
  readonly attack: AttackIndex
  readonly report: Report
}

/** A set, and the techniques that its rows refer to, collected once for all rules. */
interface CheckSubject {
  readonly set: ResolvedSet
  readonly techniques: readonly ReferencedTechnique[]
}

/** Compares one aspect of a set with ATT&CK, without changing the set. One diagnostic per distinct technique id, with a row count. */
export interface CheckRule {
  /** The code of all its diagnostics. */
  readonly id: Code
  check(subject: CheckSubject, context: CheckContext): void
}
