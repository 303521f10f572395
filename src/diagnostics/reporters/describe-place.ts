import type { Origin } from '../../model/origin.js'

/**
 * Where something stands, in the form that editors and terminals turn into links: `path:14:1`, `path:14:1 /objects/3`,
 * `path#/objects/3` where the line is unknown, `path!Mappings!B12` for a cell. `path` is the document's, as the user typed it.
 */
export function describePlace(path: string, place: Origin['place']): string {
  if (place.kind === 'file') return path
  if (place.kind === 'text') return `${path}:${place.line}:${place.column}`
  if (place.kind === 'cell') return `${path}!${place.sheet}!${place.cell}`
  const { pointer, line, column } = place
  if (line === undefined) return pointer === '' ? path : `${path}#${pointer}`
  return `${path}:${line}:${column ?? 1}${pointer === '' ? '' : ` ${pointer}`}`
}
