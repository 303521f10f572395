import { compareText } from './compare-text.js'

/** Orders text with its numbers by their size: "/mapping_objects/9" before "/mapping_objects/10", "AC-2" before "AC-10". */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = Number(part) - Number(other)
    const step = Number.isNaN(order) ? compareText(part, other) : order
    if (step !== 0) return step
  }
  return left.length - right.length
}
