import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'
import type { Duplicate } from './place-tree.js'
import type { Position } from './position-finder.js'

/** How many are named one by one; the last of them counts the rest. */
const NAMED = 10

/** Says which names stand twice in one object. */
export function reportDuplicates(
  duplicates: readonly Duplicate[], positionOf: (offset: number) => Position, file: DocumentFile, report: Report,
): void {
  for (const [index, { at, key }] of duplicates.slice(0, NAMED).entries()) {
    report('read/duplicate-name', {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(at) } },
      found: JSON.stringify(key.slice(0, 80)),
      ...(index === NAMED - 1 && { count: duplicates.length - index }),
    })
  }
}
