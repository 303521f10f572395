import type { AttackIndex, AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { releaseName } from '../../attack/release-name.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { judgeAbsentTechnique } from './judge-absent-technique.js'
import { judgeSuccessor } from './judge-successor.js'
import { parentOf, type ReleasePair } from './release-pair.js'
import { renameTechnique } from './rename-technique.js'
import { leaveToReview, type Verdict } from './verdict.js'

/** Says what becomes of a technique between two releases. Automatic only where ATT&CK itself says what to use now. */
export function judgeTechnique(technique: TechniqueRef, releases: ReleasePair, attack: AttackIndex): Verdict {
  const { source, target } = releases
  // Nothing is to be moved: what is wrong with it in its own release, checks tell.
  if (source?.version === target.version) return { class: 'unchanged', technique, suggestions: [] }
  const after = target.technique(technique.id)
  switch (after?.status) {
    case 'active': return judgeActive(technique, after, releases)
    case 'revoked': return judgeSuccessor(technique, after, target)
    case 'deprecated': return leaveToReview(technique, 'deprecated, without a successor')
    case undefined: return judgeAbsentTechnique(technique, releases, attack)
  }
}

function judgeActive(technique: TechniqueRef, after: AttackTechnique, releases: ReleasePair): Verdict {
  const { source, target } = releases
  const before = source?.technique(technique.id)
  if (source && !before) {
    const why = `${releaseName(source)}, which the row refers to, does not have it, and ${releaseName(target)} does`
    return leaveToReview(technique, why, [after])
  }
  const split = findSplit(before, releases)
  if (split.length > 0) {
    return leaveToReview(technique, 'has sub-techniques now, and had none: the row may belong to one of them', split)
  }

  const name = renameTechnique(technique.name, before, after, releases)
  const called = technique.name ?? before?.name
  const moved = before ? compareTactics(before, after, releases) : []
  const renamed = called === undefined || called === name ? [] : [`called "${name}" now`]
  if (moved.length + renamed.length === 0) return { class: 'unchanged', technique, suggestions: [] }
  return {
    class: moved.length > 0 ? 'moved' : 'renamed',
    technique: { id: technique.id, ...(technique.name !== undefined && { name }) },
    why: [...moved, ...renamed].join('; '),
    suggestions: [],
  }
}

/** The sub-techniques of a technique that had none before. */
function findSplit(
  before: AttackTechnique | undefined, { source, target, isUpgrade, subtechniques }: ReleasePair,
): readonly AttackTechnique[] {
  if (!source || before?.status !== 'active' || !isUpgrade || parentOf(before.id) !== undefined) return []
  return subtechniques(source, before.id).length > 0 ? [] : subtechniques(target, before.id)
}

/** "now also in Persistence; no longer in Impact". */
function compareTactics(before: AttackTechnique, after: AttackTechnique, { source, target }: ReleasePair): readonly string[] {
  const added = after.tactics.filter((tactic) => !before.tactics.includes(tactic))
  const removed = before.tactics.filter((tactic) => !after.tactics.includes(tactic))
  return [
    ...(added.length > 0 ? [`now also in ${nameTactics(added, target)}`] : []),
    ...(removed.length > 0 ? [`no longer in ${nameTactics(removed, source)}`] : []),
  ]
}

function nameTactics(tactics: readonly string[], release: AttackReleaseView | undefined): string {
  const names = new Map(release?.tactics.map(({ shortname, name }) => [shortname, name]))
  return tactics.map((tactic) => names.get(tactic) ?? tactic).join(', ')
}
