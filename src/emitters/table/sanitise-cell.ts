/** What was done to a cell's text. */
export type TextChange = 'line ends' | 'characters removed' | 'characters replaced' | 'shortened'

export interface SanitisedCell {
  readonly text: string
  readonly changes: readonly TextChange[]
}

/** The most UTF-16 code units that an Excel cell holds ("Excel specifications and limits"). */
export const longestCell = 32_767

// Control characters, CR and the two noncharacters that XML 1.0 (section 2.2) forbids, and every surrogate, paired or not.
const suspicious = /[\u0000-\u0008\u000B-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/
const lineEnds = /\r\n?/g
const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const illegal = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/**
 * Makes a text fit for a cell of CSV and of Excel alike: line ends become LF, characters that XML forbids go, lone surrogates become
 * U+FFFD, and what is longer than Excel's limit ends in a marker. Formulas are left alone: that is the writer's business.
 */
export function sanitiseCell(text: string): SanitisedCell {
  if (text.length <= longestCell && !suspicious.test(text)) return { text, changes: [] }
  const changes: TextChange[] = []
  const apply = (change: TextChange, changed: string): void => {
    if (changed === text) return
    changes.push(change)
    text = changed
  }
  apply('line ends', text.replaceAll(lineEnds, '\n'))
  apply('characters removed', text.replaceAll(illegal, ''))
  apply('characters replaced', text.replaceAll(loneSurrogates, '\uFFFD'))
  if (text.length > longestCell) apply('shortened', shorten(text))
  return { text, changes }
}

function shorten(text: string): string {
  const marker = `… [shortened: the text has ${text.length} characters]`
  const kept = text.slice(0, longestCell - marker.length)
  // Never half a surrogate pair.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${marker}`
}
