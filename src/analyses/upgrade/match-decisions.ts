import type { AttackIndex } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/nearest-techniques.js'
import { releaseName } from '../../attack/release-name.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { mappingIds } from '../../emitters/table/mapping-ids.js'
import { describeOrigin } from '../../model/describe-origin.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { writeDecision, type DecidedRow } from './decision.js'
import { techniqueOf } from './row-change.js'

/**
 * The decisions that can be applied, by mapping id. A decision about a row that no set holds, one that contradicts an earlier one
 * of the same row, and one for a technique that is not active in the release to upgrade to are reported with their places, and
 * left out.
 */
export function matchDecisions(
  decided: readonly DecidedRow[], sets: readonly ResolvedSet[], to: string, attack: AttackIndex, report: Report,
): ReadonlyMap<string, DecidedRow> {
  const rows = new Map(sets.flatMap((set) => {
    const ids = mappingIds(set)
    const { domain } = set.attack
    return set.mappings.map((row, index) => [ids[index] ?? '', { technique: techniqueOf(row)?.id ?? '', domain }] as const)
  }))
  const matched = new Map<string, DecidedRow>()
  for (const one of decided) {
    const { mapping, technique, decision, origin } = one
    const row = rows.get(mapping)
    const former = matched.get(mapping)
    if (!row || technique === '' || row.technique !== technique) {
      const expected = row && { expected: `${mapping} ${row.technique}` }
      report('upgrade/unknown-row', { origin, found: `${mapping} ${technique}`, ...expected })
    } else if (former && writeDecision(former.decision) !== writeDecision(decision)) {
      report('upgrade/unknown-decision', {
        message: 'Another decision about the same row stands before this one; nothing was written',
        origin, found: writeDecision(decision), expected: `${writeDecision(former.decision)} (${describeOrigin(former.origin)})`,
      })
    } else if (decision.kind !== 'replace' || attack.release(row.domain, to).technique(decision.id)?.status === 'active') {
      matched.set(mapping, former ?? one)
    } else {
      const release = attack.release(row.domain, to)
      const near = nearestTechniques(release, decision.id)
        .filter(({ status }) => status === 'active').map(({ id, name }) => `${id} ${name}`)
      report('upgrade/unknown-decision', {
        message: `${decision.id} is not an active technique of ${releaseName(release)}; nothing was written`,
        origin, found: decision.id, ...(near.length > 0 && { hint: `near it are ${near.join(', ')}` }),
      })
    }
  }
  return matched
}
