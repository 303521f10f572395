/**
 * What becomes of a row on its way to another ATT&CK release: exactly one of these.
 *
 * - `unchanged`: the technique is as it was, or the row has none, or the row is of that release already.
 * - `renamed`, `moved`: ATT&CK gave it another name, or other tactics (and maybe another name).
 * - `replaced`: ATT&CK revoked it and names an active successor.
 * - `review`: a person must decide. The row stays as it is.
 * - `gone`: older releases have it, this one does not, and none names a successor. The row stays as it is.
 * - `unknown`: no release at hand has it. The row stays as it is.
 */
export type UpgradeClass = (typeof upgradeClasses)[number]

/** The classes, in the order of counts and legends: first what is done, then what waits for a person. */
export const upgradeClasses = ['unchanged', 'renamed', 'moved', 'replaced', 'review', 'gone', 'unknown'] as const

const waiting: ReadonlySet<UpgradeClass> = new Set(['review', 'gone', 'unknown'])

/** Whether rows of a class stay as they are until a person decides. */
export function isWaiting(upgradeClass: UpgradeClass): boolean {
  return waiting.has(upgradeClass)
}
