import type { TechniqueRef } from '../../model/mapping.js'
import type { UpgradeClass } from './upgrade-class.js'
import type { ChangeEntry } from './upgrade-document.js'

/** Rows that fared alike: the same techniques before and now, for the same reason. */
export interface ChangeGroup {
  readonly class: UpgradeClass
  readonly before: TechniqueRef | undefined
  /** Undefined where the rows wait or were dropped. */
  readonly after: TechniqueRef | undefined
  readonly why: string | undefined
  readonly suggestions: readonly TechniqueRef[]
  rows: number
}

/** Groups the rows of a change report, in the order of their first rows. */
export function groupChanges(changes: readonly ChangeEntry[]): readonly ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  for (const { class: upgradeClass, before, after: stands, outcome, why, suggestions } of changes) {
    const after = outcome === 'waiting' ? undefined : stands
    const key = JSON.stringify([upgradeClass, before?.id, after?.id, why])
    const group = groups.get(key)
    if (group) group.rows += 1
    else groups.set(key, { class: upgradeClass, before, after, why, suggestions, rows: 1 })
  }
  return [...groups.values()]
}
