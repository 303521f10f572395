import type { Mapping, TechniqueRef } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'

/** A row of the set before, and what became of it. */
export interface RowChange {
  /** Its mapping id before the upgrade. */
  readonly mapping: string
  readonly class: UpgradeClass
  readonly before: Mapping
  /** As it stands in the upgraded set; undefined where a reviewer dropped it. */
  readonly after: Mapping | undefined
  /** The ATT&CK release that it came from, as stated; absent where none is. */
  readonly from?: string
  readonly why?: string
  readonly suggestions: readonly TechniqueRef[]
  readonly decision?: Decision
  /**
   * The first row of the upgraded set that now maps the same capability to the same technique in the same way, and had another
   * technique before. Both stay: which comment and score is right, a person knows.
   */
  readonly sameAs?: Mapping
}

/** Whether a row still waits for a person. */
export function isOpen({ class: upgradeClass, decision }: Pick<RowChange, 'class' | 'decision'>): boolean {
  return decision === undefined && isWaiting(upgradeClass)
}

/** The technique of a row; undefined for a capability without one. */
export function techniqueOf(row: Mapping | undefined): TechniqueRef | undefined {
  return row === undefined || row.kind === 'unmapped-capability' ? undefined : row.technique
}

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
function isWaiting(upgradeClass: UpgradeClass): boolean {
  return waiting.has(upgradeClass)
}

/** What a reviewer decided about a row. */
export type Decision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  /** Another technique stands in its place. */
  | { readonly kind: 'replace'; readonly id: string }

/** A decision, and the row that it is about. */
export interface DecidedRow {
  /** The row's mapping id before the upgrade: the same in every run on the same row. */
  readonly mapping: string
  /** The technique that the row had then. */
  readonly technique: string
  readonly decision: Decision
  readonly origin: Origin
}

/** Reads a decision as people write it: keep, drop, or the id of a technique, in any case. Undefined when it is none. */
export function readDecision(text: string): Decision | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'keep' || word === 'drop') return { kind: word }
  const id = word.toUpperCase()
  return /^T\d{4}(?:\.\d{3})?$/.test(id) ? { kind: 'replace', id } : undefined
}

/** A decision as it stands in a report. */
export function writeDecision(decision: Decision): string {
  return decision.kind === 'replace' ? decision.id : decision.kind
}
