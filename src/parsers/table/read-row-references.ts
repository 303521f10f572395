import type { SheetReader } from './sheet-reader.js'
import { splitReferences } from './split-references.js'

/** The references of a row: those that its cell prints, then the address behind the cell where it is another. */
export function readRowReferences(row: number, reader: SheetReader): readonly string[] {
  const column = reader.columns.byRole.get('references')
  if (column === undefined) return []
  const text = reader.raw(row, 'references')
  const printed = splitReferences(text)
  const link = reader.sheet.link(row, column)
  if (link === undefined || text.includes(link.replace(/\/$/, ''))) return printed
  return [...printed, link]
}
