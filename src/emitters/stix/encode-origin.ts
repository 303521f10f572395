import type { Origin, Place } from '../../model/origin.js'
import type { OriginRecord } from './extension.js'
import { statedFields } from './stated-fields.js'

/** An origin with its place's fields beside the document's name; the kind of place is told by which are there. */
export function encodeOrigin({ document, place }: Origin): OriginRecord {
  return { document, ...encodePlace(place) }
}

function encodePlace(place: Place): Omit<OriginRecord, 'document'> {
  if (place.kind === 'text') return { line: place.line, column: place.column }
  if (place.kind === 'cell') return { sheet: place.sheet, cell: place.cell }
  if (place.kind === 'file') return {}
  return statedFields<Omit<OriginRecord, 'document'>>({ pointer: place.pointer, line: place.line, column: place.column })
}
