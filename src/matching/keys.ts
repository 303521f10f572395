import { addToList } from '../model/stated.js'
import { compareText } from '../model/text.js'
import type { Mapping } from '../model/mapping.js'

/** The key of a row's pair: its kind, capability id and technique id. Rows with different keys are never the same row. */
export function pairKey(mapping: Mapping): string {
  return JSON.stringify([
    mapping.kind,
    mapping.kind === 'unmapped-technique' ? undefined : mapping.capability.id,
    mapping.kind === 'unmapped-capability' ? undefined : mapping.technique.id,
  ])
}

/** Cache: rows are immutable, and their keys are needed repeatedly. */
const contentKeys = new WeakMap<Mapping, string>()

/** The key of a row's content, without origins and completions: rows with equal keys are equal in content. */
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

/** Groups rows by a key; keys and rows keep their order. */
export function groupRows(rows: Iterable<Mapping>, key: (row: Mapping) => string): Map<string, Mapping[]> {
  const groups = new Map<string, Mapping[]>()
  for (const row of rows) addToList(groups, key(row), row)
  return groups
}

/** Whether two versions are equal, or one is not stated. Pages print "12.12.2024" where files write "12/12/2024". */
export function versionsAgree(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left.replaceAll('/', '.') === right.replaceAll('/', '.')
}
