// Characters that XML 1.0 forbids (section 2.2, "Char"), other controls, halves of surrogate pairs, and noncharacters.
const illegal = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu
// Marks that turn the text after them round (UAX 9): a picture has nothing that would need them.
const turning = /[\u202a-\u202e\u2066-\u2069]/g

/** A text that is on one line, and how it had to be changed; see `createTextCleaner`. */
export interface TextCleaner {
  /** The text without what a picture can't hold. */
  readonly clean: (text: string) => string
  /** How many texts were changed so far. */
  readonly changed: () => number
}

/** Cleans texts of documents for a picture, and counts those that had to be changed, save for their white space. */
export function createTextCleaner(): TextCleaner {
  const changed = new Set<string>()
  return {
    clean(text) {
      const spaced = text.replaceAll(/\s+/g, ' ').trim()
      const clean = spaced.replaceAll(illegal, '\ufffd').replaceAll(turning, '')
      if (clean !== spaced) changed.add(text)
      return clean === '' ? '\ufffd' : clean
    },
    changed: () => changed.size,
  }
}
