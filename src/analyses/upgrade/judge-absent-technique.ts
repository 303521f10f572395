import type { AttackIndex } from '../../attack/attack-index.js'
import { compareVersions } from '../../attack/compare-versions.js'
import { nearestTechniques } from '../../attack/nearest-techniques.js'
import { releaseName } from '../../attack/release-name.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { judgeSuccessor } from './judge-successor.js'
import { parentOf, type ReleasePair } from './release-pair.js'
import { leaveToReview, type Verdict } from './verdict.js'

/** What becomes of a technique that the target does not have: it left ATT&CK, came later, is of another domain, or never was. */
export function judgeAbsentTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Verdict {
  const { target } = releases
  const known = attack.history(technique.id)
  const history = known.filter(({ domain }) => domain === target.domain)
  const [first] = history
  if (!first) return known.length === 0 ? judgeUnknown(technique, releases) : judgeForeign(technique, attack)

  const last = history.findLast(({ version }) => compareVersions(version, target.version) < 0)
  if (!last) return judgeNewer(technique, first.version, releases)
  if (last.technique.successor !== undefined) return judgeSuccessor(technique, last.technique, target)
  const why = `${releaseName(last)} was the last release to have it; none names a successor`
  return { class: 'gone', technique, why, suggestions: [] }
}

function judgeUnknown(technique: TechniqueRef, { target }: ReleasePair): Verdict {
  const near = nearestTechniques(target, technique.id, technique.name).filter(({ status }) => status === 'active')
  const suggestions = near.map(({ id, name }) => ({ id, name }))
  return { class: 'unknown', technique, why: 'no release at hand has it', suggestions }
}

function judgeForeign(technique: TechniqueRef, attack: AttackIndex): Verdict {
  const domains = attack.domainsOf(technique.id).join(' and ')
  return leaveToReview(technique, `a technique of another domain: ${domains}`)
}

/**
 * Going back: ATT&CK says what replaced a technique, never what it replaced; the newer one may well mean more. So what stood in
 * its place is only suggested, also where it is one technique alone.
 */
function judgeNewer(technique: TechniqueRef, since: string, { target, predecessors }: ReleasePair): Verdict {
  const replaced = predecessors(technique.id)
  const parent = target.technique(parentOf(technique.id) ?? '')
  const came = `came after ${releaseName(target)}: ${since} is the first release at hand that has it`
  if (replaced.length > 0) return leaveToReview(technique, `${came}; it replaced what is suggested`, replaced)
  if (parent?.status === 'active') return leaveToReview(technique, `${came}; its parent is suggested`, [parent])
  return leaveToReview(technique, came)
}
