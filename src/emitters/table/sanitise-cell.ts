/** What was done to a cell's text. */
export type TextChange = 'line ends' | 'characters removed' | 'characters replaced' | 'shortened'

export interface SanitisedCell {
  readonly text: string
  readonly changes: readonly TextChange[]
}

/** The most UTF-16 code units that an Excel cell holds ("Excel specifications and limits"). */
export const longestCell = 32_767

// Whatever is neither tab, LF nor a character of XML 1.0 (section 2.2, "Char").
const suspicious = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
const lineEnds = /\r\n?/g
const loneSurrogates = /\p{Cs}/gu
const illegal = /[^\t\n\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/**
 * Makes a text fit for a cell of CSV and of Excel alike: line ends become LF, characters that XML forbids go, lone surrogates
 * become U+FFFD, and what is longer than Excel's limit, or another, ends in a marker. Formulas are left alone: that is the writer's
 * business.
 */
export function sanitiseCell(text: string, longest = longestCell): SanitisedCell {
  if (text.length <= longest && !suspicious.test(text)) return { text, changes: [] }
  const changes: TextChange[] = []
  const apply = (change: TextChange, changed: string): void => {
    if (changed === text) return
    changes.push(change)
    text = changed
  }
  apply('line ends', text.replaceAll(lineEnds, '\n'))
  // What is stated must not become blank: blank means not stated.
  apply('characters removed', text.replaceAll(illegal, '') || '\uFFFD')
  apply('characters replaced', text.replaceAll(loneSurrogates, '\uFFFD'))
  if (text.length > longest) apply('shortened', shorten(text, longest))
  return { text, changes }
}

function shorten(text: string, longest: number): string {
  const marker = `… [shortened: the text has ${text.length} characters]`
  const kept = text.slice(0, longest - marker.length)
  // Never half a surrogate pair.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${marker}`
}
