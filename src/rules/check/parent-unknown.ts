import { releaseName } from '../../attack/attack-index.js'
import type { CheckRule } from '../rule.js'
import { describeNearest, lackedParent, mostSuggestions } from './referenced-techniques.js'

/**
 * A sub-technique without a parent. Where the release holds it, the release is at fault, or whoever made the bundle; else the
 * typing error is before the dot, and this is told instead of `check/unknown-technique`.
 */
export const parentUnknown: CheckRule = {
  id: 'check/parent-unknown',
  check({ techniques }, { attack, report }) {
    let suggestions = 0
    for (const technique of techniques) {
      const { id, release, count, origin } = technique
      const parent = lackedParent(technique, attack)
      if (parent === undefined) continue
      const isHeld = release.technique(id) !== undefined
      const hint = isHeld || (suggestions += 1) > mostSuggestions ? undefined : describeNearest(technique)
      const outcome = isHeld ? `is a sub-technique of ${parent}, which` : `is no sub-technique: its parent ${parent}`
      report('check/parent-unknown', {
        message: `${id} ${outcome} is not a technique of ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}
