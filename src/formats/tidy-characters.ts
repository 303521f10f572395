/** Spaces that look like one and mean the same: no-break, figure, narrow no-break, ideographic, and the tab. */
const ODD_SPACE = /[\t\f\v\u00A0\u2000-\u200A\u202F\u205F\u3000]/g

/** Characters that print nothing, join nothing, and only get in the way of comparing ids. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g

/** What most texts are made of, and what stays as it is. */
const PLAIN = /^[\n\r -~]*$/

/** A text in Unicode NFC, every kind of space as a space, without characters that print nothing. Line ends stay. */
export function tidyCharacters(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFC').replace(ODD_SPACE, ' ').replace(INVISIBLE, '')
}
