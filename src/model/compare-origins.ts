import type { Origin, Place } from './origin.js'
import { compareNaturally } from './compare-naturally.js'
import { compareText } from './compare-text.js'

/** Orders origins by document, then by place: code points and numbers, never a locale. */
export function compareOrigins(a: Origin, b: Origin): number {
  return compareText(a.document, b.document) || comparePlaces(a.place, b.place)
}

function comparePlaces(a: Place, b: Place): number {
  if (a.kind === 'text' && b.kind === 'text') return a.line - b.line || a.column - b.column
  if (a.kind === 'pointer' && b.kind === 'pointer') return compareNaturally(a.pointer, b.pointer)
  if (a.kind === 'cell' && b.kind === 'cell') return compareText(a.sheet, b.sheet) || compareNaturally(a.cell, b.cell)
  return compareText(a.kind, b.kind)
}
