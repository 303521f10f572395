const pattern = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,18}))?(?:[Zz]|([+\- ])(\d\d):(\d\d))$/
const digits = 6

/** Microseconds since 1970 as TAXII writes them: always six digits after the point (TAXII 2.1, section 2). */
export function writeTimestamp(micros: number): string {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`
}

/**
 * Microseconds since 1970; undefined when the text is no time of RFC 3339. Finer digits are cut off. A plus sign that a
 * URL turned into a space is still one.
 */
export function readTimestamp(text: string): number | undefined {
  const [, day = '', time = '', fraction = '', sign, hours = '0', minutes = '0'] = pattern.exec(text) ?? []
  const millis = Date.parse(`${day}T${time}Z`)
  // The 31st of February would be read as a day of March.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== `${day}T${time}.000Z`) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return (millis - offset) * 1000 + Number(fraction.slice(0, digits).padEnd(digits, '0'))
}
