// An underscore that begins what reads like an escape.
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g

/**
 * Text as SpreadsheetML has it: `_x0041_` would be read as "A", so its underscore is escaped (ECMA-376 part 1, section
 * 22.9.2.19).
 */
export function excelText(text: string): string {
  return text.includes('_x') ? text.replaceAll(escapeLike, '_x005F_') : text
}
