// One unit a character.
const plain = /^[\x20-\x7e]*$/

/** How many columns of a terminal a text takes, as far as code points tell. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : Array.from(text).length
}

/** The text in at most so many columns, ending in "…" where something was cut; never half a character. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  return `${Array.from(text).slice(0, Math.max(0, width - 1)).join('').trimEnd()}…`
}
