import type { Origin } from '../../model/origin.js'

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
