import type { AttackTechnique } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import type { UpgradeClass } from './upgrade-class.js'

/** What becomes of a technique as rows print it. */
export interface Verdict {
  readonly class: UpgradeClass
  /** As rows that go on by themselves print it from now on; as before where nothing is to be done or a person must decide. */
  readonly technique: TechniqueRef
  /** In a few words that follow the technique's name; absent for `unchanged`. */
  readonly why?: string
  /** What a person may choose instead. */
  readonly suggestions: readonly TechniqueRef[]
}

/** The verdict that a person must decide. */
export function leaveToReview(technique: TechniqueRef, why: string, suggested: readonly AttackTechnique[] = []): Verdict {
  return { class: 'review', technique, why, suggestions: suggested.map(({ id, name }) => ({ id, name })) }
}
