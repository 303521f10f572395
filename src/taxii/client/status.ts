import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, itemsOf, textOf } from '../../validation/tree-fields.js'

/** What a server says of one object. */
export interface StatusDetail {
  readonly id: string
  readonly version?: string
  readonly message?: string
}

/** What became of a request (TAXII 2.1, section 4.3.1). */
export interface Status {
  readonly id: string
  readonly isComplete: boolean
  /** 0 where the server has not counted yet. */
  readonly total: number
  readonly successCount: number
  readonly failureCount: number
  readonly pendingCount: number
  readonly successes: readonly StatusDetail[]
  readonly failures: readonly StatusDetail[]
  readonly pendings: readonly StatusDetail[]
}

/** Reads a status resource; undefined when a value is none. Counts that are no counts are taken for 0. */
export function readStatus(value: TreeValue | undefined): Status | undefined {
  const id = textOf(value, 'id')
  const status = textOf(value, 'status')
  if (id === undefined || (status !== 'complete' && status !== 'pending')) return undefined
  return {
    id,
    isComplete: status === 'complete',
    total: countOf(value, 'total_count'),
    successCount: countOf(value, 'success_count'),
    failureCount: countOf(value, 'failure_count'),
    pendingCount: countOf(value, 'pending_count'),
    successes: detailsOf(value, 'successes'),
    failures: detailsOf(value, 'failures'),
    pendings: detailsOf(value, 'pendings'),
  }
}

function countOf(value: TreeValue | undefined, name: string): number {
  const count = fieldOf(value, name)
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : 0
}

function detailsOf(value: TreeValue | undefined, name: string): readonly StatusDetail[] {
  return itemsOf(value, name).flatMap((item) => {
    const id = textOf(item, 'id')
    if (id === undefined) return []
    const version = textOf(item, 'version')
    const message = textOf(item, 'message')
    return [{ id, ...(version !== undefined && { version }), ...(message !== undefined && { message }) }]
  })
}
