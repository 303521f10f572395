import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject } from '../tree-fields.js'

/** A scalar as JSON writes it, shortened; of lists and mappings only what they are. */
export function showValue(value: TreeValue): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isTreeObject(value)) return 'an object'
  return JSON.stringify(typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value)
}

