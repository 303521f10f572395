import { type AttackIndex, type AttackReleaseView, compareVersions, releaseName } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { Mapping } from '../../model/mapping.js'
import type { IdChange, SetDiff } from './set-diff.js'

type Status = 'active' | 'deprecated' | 'revoked' | 'absent'

/** A technique that was added, removed or renamed, and its status in the ATT&CK releases of both sets. */
interface TechniqueChange extends IdChange {
  readonly inOldAttack: Status
  readonly inNewAttack: Status
  /** Its last successor in the newer of the two releases, if revoked. */
  readonly successor?: string
}

/** Counts of a comparison. */
export interface DiffCounts {
  readonly oldRows: number
  readonly newRows: number
  readonly same: number
  readonly respelled: number
  readonly changed: number
  readonly added: number
  readonly removed: number
  readonly capabilitiesAdded: number
  readonly capabilitiesRemoved: number
  readonly techniquesAdded: number
  readonly techniquesRemoved: number
}

/** A comparison with counts, and the status of techniques in ATT&CK. */
export interface DescribedDiff {
  readonly diff: SetDiff
  readonly counts: DiffCounts
  readonly techniques: readonly TechniqueChange[]
  /** The newer of the two ATT&CK releases. */
  readonly release: AttackReleaseView
}

/** Adds counts, and the status in ATT&CK of the techniques that changed. */
export function describeDiff(diff: SetDiff, attack: AttackIndex): DescribedDiff {
  const before = attack.release(diff.old.attack.domain, diff.old.attack.version)
  const after = attack.release(diff.new.attack.domain, diff.new.attack.version)
  const release = compareVersions(before.version, after.version) > 0 ? before : after
  return {
    diff,
    counts: countDiff(diff),
    techniques: diff.techniques.map((change) => {
      const technique = release.technique(change.id)
      const successor = technique && followSuccessors(release, technique).at(-1)?.id
      const statuses = { inOldAttack: statusIn(before, change.id), inNewAttack: statusIn(after, change.id) }
      return { ...change, ...statuses, ...(successor !== undefined && { successor }) }
    }),
    release,
  }
}

function statusIn(release: AttackReleaseView, id: string): Status {
  return release.technique(id)?.status ?? 'absent'
}

function countDiff(diff: SetDiff): DiffCounts {
  const { old, new: fresh, same, respelled, changed, added, removed, capabilities, techniques } = diff
  return {
    oldRows: old.mappings.length,
    newRows: fresh.mappings.length,
    same,
    respelled,
    changed: changed.length,
    added: added.length,
    removed: removed.length,
    capabilitiesAdded: countChanges(capabilities, 'added'),
    capabilitiesRemoved: countChanges(capabilities, 'removed'),
    techniquesAdded: countChanges(techniques, 'added'),
    techniquesRemoved: countChanges(techniques, 'removed'),
  }
}

function countChanges(changes: readonly IdChange[], wanted: IdChange['change']): number {
  return changes.reduce((sum, { change }) => sum + (change === wanted ? 1 : 0), 0)
}

/** Why a row was added, removed or changed; undefined if ATT&CK and the two sets do not show it. Documents seldom say. */
type ExplainRow = (row: Mapping) => string | undefined

/** Explains rows by the status of their techniques in ATT&CK, and by capabilities that only one of the sets has. */
export function explainRows({ diff, techniques }: DescribedDiff): ExplainRow {
  const release = releaseName({ domain: diff.new.attack.domain, version: diff.new.attack.version ?? '' }).trim()
  const ofTechnique = new Map(techniques.flatMap((change) => {
    const why = explainTechnique(change, release)
    return why === undefined ? [] : [[change.id, why]]
  }))
  const ofCapability = new Map(diff.capabilities.flatMap(({ id, change }): readonly (readonly [string, string])[] => {
    if (change === 'changed') return []
    return [[id, change === 'added' ? 'the capability is not in the old set' : 'the capability is not in the new set']]
  }))
  return (row) => {
    const why = [
      row.kind === 'unmapped-capability' ? undefined : ofTechnique.get(row.technique.id),
      row.kind === 'unmapped-technique' ? undefined : ofCapability.get(row.capability.id),
    ].filter((part) => part !== undefined)
    return why.length === 0 ? undefined : why.join('; ')
  }
}

function explainTechnique({ change, inOldAttack, inNewAttack, successor }: TechniqueChange, release: string): string | undefined {
  const isNew = inOldAttack === 'absent' && inNewAttack === 'active'
  if (change === 'added') return isNew ? `the technique is new in ${release}` : undefined
  if (change !== 'removed' || inNewAttack === 'active') return undefined
  const what = inNewAttack === 'absent' ? `the technique is not in ${release}` : `the technique is ${inNewAttack} in ${release}`
  return successor === undefined ? what : `${what}, replaced by ${successor}`
}
