import type { TreeValue } from '../../formats/decoded.js'
import { isList } from '../../formats/tree-value.js'

/** A value in a few words, for messages: its kind and how it begins. */
export function describeValue(value: TreeValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (isList(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}
