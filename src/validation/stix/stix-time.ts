const shape = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z$/

/** Whether a text is a time as STIX writes it (STIX 2.1, section 2.16): RFC 3339, in UTC, ending in Z, on a day that there is. */
export function isStixTime(text: string): boolean {
  const found = shape.exec(text)
  if (!found) return false
  const [, year = '', month = '', day = ''] = found
  return Number(day) <= daysOf(Number(year), Number(month))
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Compares two times as STIX writes them, to the last digit: negative when the first is earlier. */
export function compareStixTimes(first: string, second: string): number {
  const [a, b] = [withoutZeros(first), withoutZeros(second)]
  return a < b ? -1 : a === b ? 0 : 1
}

/** Without Z and the zeros at the end of the fraction, so that times compare as texts do. */
function withoutZeros(text: string): string {
  const seconds = 19
  if (text[seconds] !== '.') return text.slice(0, seconds)
  let end = text.length - 1
  while (text[end - 1] === '0') end -= 1
  return end === seconds + 1 ? text.slice(0, seconds) : text.slice(0, end)
}
