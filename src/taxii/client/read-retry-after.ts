/** Milliseconds that a header Retry-After asks to wait: seconds, or a date (RFC 9110, section 10.2.3). 0 when it is neither. */
export function readRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  const value = text.trim()
  if (/^\d{1,15}$/.test(value)) return Number(value) * 1000
  const date = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}
