/** What the bytes 80 to 9F stand for (WHATWG Encoding Standard, index windows-1252); undefined ones stand for themselves. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/**
 * Decodes Windows-1252, and with it Latin-1. Not by TextDecoder: versions of Node take the bytes 80 to 9F for control characters
 * (nodejs/node#56542).
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = []
  const chunk = 8192
  for (let at = 0; at < bytes.length; at += chunk) {
    parts.push(String.fromCharCode(...Array.from(bytes.subarray(at, at + chunk), characterCode)))
  }
  return parts.join('')
}

function characterCode(byte: number): number {
  return byte >= 0x80 && byte <= 0x9f ? HIGH.charCodeAt(byte - 0x80) : byte
}
