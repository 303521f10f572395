import { techniqueIdForm } from '../../attack/attack-index.js'
import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'

/** A row of the former set, and its outcome. */
export interface RowChange {
  /** Its place in the former set: `UpgradedSet.idOf` gives its mapping id before the upgrade. */
  readonly index: number
  readonly class: UpgradeClass
  readonly before: Mapping
  /** The row in the upgraded set; undefined if a reviewer dropped it, or it was merged. */
  readonly after: Mapping | undefined
  /** The ATT&CK version that the row states, else its set; undefined if neither does. */
  readonly from: string | undefined
  readonly why: string | undefined
  readonly suggestions: readonly TechniqueRef[]
  readonly decision: Decision | undefined
  /**
   * The first row of the upgraded set that now maps the same capability to the same technique in the same way, but had another
   * technique before. Both stay, since only a person can decide which comment and score is right, unless they were to be merged.
   */
  readonly sameAs?: Mapping
  /** The mapping id (before the upgrade) of the row that it was merged into; `after` is then undefined. */
  readonly mergedInto?: string
}

/** Whether a row waits for a decision. */
export function isOpen({ class: upgradeClass, decision }: Pick<RowChange, 'class' | 'decision'>): boolean {
  return decision === undefined && isWaiting(upgradeClass)
}

/** The technique of a row; undefined for a capability without one. */
export function techniqueOf(row: Mapping | undefined): TechniqueRef | undefined {
  return row === undefined || row.kind === 'unmapped-capability' ? undefined : row.technique
}

/**
 * The outcome of a row in an upgrade to another ATT&CK release: exactly one of these.
 *
 * - `unchanged`: the technique has not changed, or the row has none, or the row is of the target release already.
 * - `renamed`, `moved`: ATT&CK renamed the technique, or moved it to other tactics (and maybe renamed it).
 * - `replaced`: ATT&CK revoked it, and its last successor is active.
 * - `review`: a person must decide. The row does not change.
 * - `gone`: older releases have it, the target does not, and none names a successor. The row does not change.
 * - `undetermined`: the release before has it, the target does not, and the index knows the target only in part, without the successors
 *   of what it dropped. The row does not change.
 * - `unknown`: no available release has it. The row does not change.
 */
export type UpgradeClass = (typeof upgradeClasses)[number]

/** The classes in the order of counts and legends: automatic ones first, then those that wait for a person. */
export const upgradeClasses = ['unchanged', 'renamed', 'moved', 'replaced', 'review', 'gone', 'undetermined', 'unknown'] as const

const waiting: ReadonlySet<UpgradeClass> = new Set(['review', 'gone', 'undetermined', 'unknown'])

/** Whether rows of a class wait for a person's decision. */
function isWaiting(upgradeClass: UpgradeClass): boolean {
  return waiting.has(upgradeClass)
}

/** A reviewer's decision about a row. */
export type Decision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  /** Maps the row to another technique. */
  | { readonly kind: 'replace'; readonly id: string }

/** A decision, and the row that it is about. */
export interface DecidedRow {
  /** The row's mapping id before the upgrade; stable across runs. */
  readonly mapping: string
  /** The id of the technique that the row had before the upgrade. */
  readonly technique: string
  readonly decision: Decision
  readonly origin: Origin
}

/** Parses a decision: keep, drop, or the id of a technique, ignoring case. Undefined if it is none of these. */
export function readDecision(text: string): Decision | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'keep' || word === 'drop') return { kind: word }
  const id = word.toUpperCase()
  return techniqueIdForm.test(id) ? { kind: 'replace', id } : undefined
}

/** A decision as change reports write it. */
export function writeDecision(decision: Decision): string {
  return decision.kind === 'replace' ? decision.id : decision.kind
}
