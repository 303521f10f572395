import type { Place } from '../../model/origin.js'

const wholeDocument = 'whole document'

/**
 * A place in words of one line, never empty, as the column `source_place` has it: "line 14", "/mapping_objects/3 (line 40)",
 * "Mappings!B12".
 */
export function describePlace(place: Place): string {
  if (place.kind === 'file') return wholeDocument
  if (place.kind === 'text') return describeLine(place.line, place.column)
  if (place.kind === 'cell') return `${place.sheet}!${place.cell}`
  const { pointer, line, column } = place
  if (line === undefined) return pointer === '' ? wholeDocument : pointer
  return pointer === '' ? describeLine(line, column) : `${pointer} (${describeLine(line, column)})`
}

function describeLine(line: number, column: number | undefined): string {
  return column === undefined || column === 1 ? `line ${line}` : `line ${line}, column ${column}`
}
