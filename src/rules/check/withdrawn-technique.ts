import { type AttackReleaseView, type AttackTechnique, releaseName } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { CheckRule } from '../rule.js'
import { certainTechnique } from './referenced-techniques.js'

/** Reports techniques that are revoked in the set's release, with their successors; the rows keep them. */
export const revokedTechnique: CheckRule = {
  id: 'check/revoked-technique',
  check({ techniques }, { report }) {
    for (const referenced of techniques) {
      const { id, release, count, origin } = referenced
      const technique = certainTechnique(referenced)
      if (technique?.status !== 'revoked') continue
      report('check/revoked-technique', {
        message: `${id} ${technique.name} is revoked in ${releaseName(release)}`,
        found: id,
        hint: describeSuccessor(release, technique),
        count,
        ...(origin && { origin }),
      })
    }
  },
}

function describeSuccessor(release: AttackReleaseView, technique: AttackTechnique): string {
  const last = followSuccessors(release, technique).at(-1)
  if (!last) return 'ATT&CK names no successor'
  const by = `ATT&CK replaced it by ${last.id} ${last.name}`
  return last.status === 'active' ? by : `${by}, which is ${last.status} too`
}

/** Reports techniques that ATT&CK deprecated: they have no successor. */
export const deprecatedTechnique: CheckRule = {
  id: 'check/deprecated-technique',
  check({ techniques }, { report }) {
    for (const referenced of techniques) {
      const { id, release, count, origin } = referenced
      const technique = certainTechnique(referenced)
      if (technique?.status !== 'deprecated') continue
      report('check/deprecated-technique', {
        message: `${id} ${technique.name} is deprecated in ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
      })
    }
  },
}
