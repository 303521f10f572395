import { compareText } from '../model/compare-text.js'
import type { Mapping } from '../model/mapping.js'

/** What two rows must share to be one row: their kind and the ids of their sides. */
export function pairKey(mapping: Mapping): string {
  return JSON.stringify([
    mapping.kind,
    mapping.kind === 'unmapped-technique' ? undefined : mapping.capability.id,
    mapping.kind === 'unmapped-capability' ? undefined : mapping.technique.id,
  ])
}

/** Rows never change, and are asked for their key again and again. */
const contentKeys = new WeakMap<Mapping, string>()

/** Everything that a row says, but not where it stands: rows with equal keys say the same. */
export function contentKey(mapping: Mapping): string {
  let key = contentKeys.get(mapping)
  if (key === undefined) {
    const { origins: _origins, completed: _completed, ...content } = mapping
    key = JSON.stringify(sortKeys(content))
    contentKeys.set(mapping, key)
  }
  return key
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).toSorted(([a], [b]) => compareText(a, b)).map(([key, inner]) => [key, sortKeys(inner)])
}

/** Rows by a key, in their order. */
export function groupRows(rows: Iterable<Mapping>, key: (row: Mapping) => string): Map<string, Mapping[]> {
  const groups = new Map<string, Mapping[]>()
  for (const row of rows) {
    const of = key(row)
    const group = groups.get(of)
    if (group) group.push(row)
    else groups.set(of, [row])
  }
  return groups
}

/** Whether two versions are one, as far as both are stated. Pages print "12.12.2024" for what files write as "12/12/2024". */
export function versionsAgree(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left.replaceAll('/', '.') === right.replaceAll('/', '.')
}
