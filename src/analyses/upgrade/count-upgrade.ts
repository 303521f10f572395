import { isOpen } from './row-change.js'
import type { UpgradeClass } from './upgrade-class.js'
import type { UpgradedSet } from './upgrade-set.js'

/** How many rows fared how. `rowsIn` = `rowsOut` + `dropped`, and the classes add up to `rowsIn`. */
export interface UpgradeCounts {
  readonly rowsIn: number
  readonly rowsOut: number
  readonly classes: Readonly<Record<UpgradeClass, number>>
  /** Rows that wait for a person. */
  readonly open: number
  /** Rows that a reviewer decided about; the dropped ones are among them. */
  readonly decided: number
  readonly dropped: number
  /** Rows that now map what another row maps, and did not before. */
  readonly sameAsOthers: number
}

/** Counts the rows of an upgrade. */
export function countUpgrade({ set, changes }: Pick<UpgradedSet, 'set' | 'changes'>): UpgradeCounts {
  const of = (upgradeClass: UpgradeClass): number => changes.filter((change) => change.class === upgradeClass).length
  return {
    rowsIn: changes.length,
    rowsOut: set.mappings.length,
    classes: {
      unchanged: of('unchanged'),
      renamed: of('renamed'),
      moved: of('moved'),
      replaced: of('replaced'),
      review: of('review'),
      gone: of('gone'),
      unknown: of('unknown'),
    },
    open: changes.filter(isOpen).length,
    decided: changes.filter(({ decision }) => decision !== undefined).length,
    dropped: changes.filter(({ after }) => after === undefined).length,
    sameAsOthers: changes.filter(({ sameAs }) => sameAs !== undefined).length,
  }
}
