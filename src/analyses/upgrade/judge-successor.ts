import type { AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/follow-successors.js'
import { releaseName } from '../../attack/release-name.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { leaveToReview, type Verdict } from './verdict.js'

/**
 * What a technique that ATT&CK revoked becomes: its successor, followed to the end. `revoked` may be of an older release than
 * `target`, in which its successors are looked up.
 */
export function judgeSuccessor(technique: TechniqueRef, revoked: AttackTechnique, target: AttackReleaseView): Verdict {
  const chain = followSuccessors(target, revoked)
  const last = chain.at(-1)
  if (!last) {
    if (revoked.successor === undefined) return leaveToReview(technique, 'revoked without a successor')
    return leaveToReview(technique, `revoked for ${revoked.successor}, which ${releaseName(target)} does not have`)
  }
  if (last.status !== 'active') {
    return leaveToReview(technique, `revoked for ${last.id} ${last.name}, which is ${last.status} itself`)
  }
  const steps = chain.slice(0, -1).map(({ id }) => `${id}, and that for `)
  return {
    class: 'replaced',
    technique: { id: last.id, ...(technique.name !== undefined && { name: last.name }) },
    why: `revoked for ${steps.join('')}${last.id} ${last.name}`,
    suggestions: [],
  }
}
