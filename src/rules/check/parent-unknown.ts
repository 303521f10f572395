import { releaseName } from '../../attack/attack-index.js'
import { missingParent } from '../../attack/find-in-releases.js'
import type { CheckRule } from '../rule.js'
import { describeNearest, mostSuggestions } from './referenced-techniques.js'

/**
 * Reports sub-techniques without a parent. If the release has the sub-technique, the release or its bundle is incomplete;
 * otherwise the typing error is before the dot, and this is reported instead of `check/unknown-technique`.
 */
export const parentUnknown: CheckRule = {
  id: 'check/parent-unknown',
  check({ techniques }, { attack, report }) {
    let suggestions = 0
    for (const technique of techniques) {
      const { id, release, count, origin } = technique
      const parent = missingParent(technique, attack)
      if (parent === undefined) continue
      const isKnown = release.technique(id) !== undefined
      const hint = isKnown || (suggestions += 1) > mostSuggestions ? undefined : describeNearest(technique)
      const problem = isKnown ? `is a sub-technique of ${parent}, which` : `is not a sub-technique: its parent ${parent}`
      report('check/parent-unknown', {
        message: `${id} ${problem} is not a technique of ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}
