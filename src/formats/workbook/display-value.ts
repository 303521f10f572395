/**
 * The text of a cell without its number format: dates in ISO form (2024-12-31, with the time if there is one), numbers rounded
 * to the 15 digits of Excel, TRUE and FALSE, line ends as \n.
 */
export function displayValue(value: unknown): string {
  if (typeof value === 'string') return displayText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value instanceof Date ? displayDate(value) : ''
}

/** Cells of the type "d" (ECMA-376, section 18.18.11) are read as text. */
function displayText(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(text)) return displayDate(new Date(text)) || text
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

function displayDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}
