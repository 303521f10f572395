const pattern = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,18}))?(?:[Zz]|([+\- ])(\d\d):(\d\d))$/
const digits = 6

/** Formats microseconds since 1970 as a TAXII timestamp, with six fractional digits (TAXII 2.1, section 2). */
export function writeTimestamp(micros: number): string {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`
}

/**
 * Parses an RFC 3339 timestamp into microseconds since 1970; undefined if it is invalid. Further digits are cut off. A space in
 * place of the plus sign is accepted, since URL decoding replaces it.
 */
export function readTimestamp(text: string): number | undefined {
  const [, day = '', time = '', fraction = '', sign, hours = '0', minutes = '0'] = pattern.exec(text) ?? []
  const millis = Date.parse(`${day}T${time}Z`)
  // Date.parse would take the 31st of February for a day of March.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== `${day}T${time}.000Z`) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return (millis - offset) * 1000 + Number(fraction.slice(0, digits).padEnd(digits, '0'))
}
