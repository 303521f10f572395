/**
 * A date as ISO writes it (2024-12-31), from 12/31/2024, 2024-12-31 or a date and time; undefined when it is none. The month comes
 * first in the form with slashes: CTID's files and the Mappings Editor write it so.
 */
export function readDate(text: string): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  if (year !== undefined) return checkDate(year, month ?? '', day ?? '')
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.+Z-]*)?$/.exec(text) ?? []
  return isoYear === undefined ? undefined : checkDate(isoYear, isoMonth ?? '', isoDay ?? '')
}

function checkDate(year: string, month: string, day: string): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1000
  return exists ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}
