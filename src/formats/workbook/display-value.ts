/**
 * What a cell shows, apart from its number format: dates in ISO form (2024-12-31, with the time where there is one), numbers without the
 * noise of binary fractions, TRUE and FALSE, line ends as \n.
 */
export function displayValue(value: unknown): string {
  if (typeof value === 'string') return value.includes('\r') ? value.replaceAll(/\r\n?/g, '\n') : value
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Date && !Number.isNaN(value.getTime())) return displayDate(value)
  return ''
}

function displayDate(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}
