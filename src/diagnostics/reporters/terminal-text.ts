/**
 * Characters that a terminal interprets or displays misleadingly: controls, format characters (zero-width characters and
 * bidirectional overrides, CVE-2021-42574), line and paragraph separators, lone surrogates.
 */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * Text of a document on one line, safe to print: characters that a terminal would interpret are escaped (\x1b, \u{202e}).
 * Documents are untrusted: an escape sequence in a comment must not recolour, retitle or overwrite the user's terminal.
 */
export function neutralise(text: string): string {
  return text.replace(HARMFUL, escapeCharacter)
}

/** The same but for line feeds, of which indented JSON has many, all between values. */
// eslint-disable-next-line no-control-regex -- these are the characters
const HARMFUL_IN_JSON = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** JSON text with the same values, in which every such character is escaped (RFC 8259, section 7). */
export function neutraliseJson(json: string): string {
  return json.replace(HARMFUL_IN_JSON, escapeUnits)
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return ' '
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** JSON escapes UTF-16 units: characters beyond the Basic Multilingual Plane take two. */
function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** The styles of a reporter: each function gets neutralised text and returns it with or without colour codes. */
export interface Palette {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly note: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

const unchanged = (text: string): string => text

/** No colours: for files, pipes and NO_COLOR. */
export const plainPalette: Palette = {
  error: unchanged,
  warning: unchanged,
  note: unchanged,
  strong: unchanged,
  faint: unchanged,
}
