/** The text in at most `limit` UTF-16 units, ending in "…" when something was cut; never half a surrogate pair. */
export function shortenText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = text.slice(0, limit - 1)
  const last = kept.charCodeAt(kept.length - 1)
  const whole = last >= 0xd800 && last <= 0xdbff ? kept.slice(0, -1) : kept
  return `${whole.trimEnd()}…`
}
