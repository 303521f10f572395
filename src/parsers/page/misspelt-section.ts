import type { PageColumn, PageSection, PageTableKind } from './page-content.js'

/** Section headings of pages below which rows depend on the heading, or which are long enough to be recognised with a slip. */
const titles = ['Non-Mappable Capabilities', 'ATT&CK Technique Mappings', 'Capability Groups', 'ATT&CK Subtechniques', 'ATT&CK Techniques', 'All Mappings']

/** Slips of a heading: letters that are wrong, missing or too many. */
const MOST_SLIPS = 2

/** A section whose heading has a slip, such as a space in a word or a wrong letter; undefined for all others, and for correct ones. */
export function readMisspeltSection(text: string): PageSection | undefined {
  if (text.length > 40) return undefined
  const letters = fold(text)
  const title = titles.find((candidate) => isNear(letters, fold(candidate)))
  return title === undefined || title.toLowerCase() === text.toLowerCase() ? undefined : { title }
}

/**
 * Whether a table lists capabilities and nothing else, below no heading that says what they are: pages print the numbers of mappings in
 * their lists of capabilities.
 */
export function isUnexplained(kind: PageTableKind, columns: readonly PageColumn[], section: PageSection | undefined): boolean {
  return kind === 'capabilities' && section === undefined && !columns.includes('number-of-mappings')
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Whether two words differ by at most the number of slips (Levenshtein). */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > MOST_SLIPS) return false
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [index, letter] of Array.from(a).entries()) {
    const next = [index + 1]
    for (let at = 0; at < b.length; at += 1) {
      next.push(Math.min((row[at] ?? 0) + (letter === b[at] ? 0 : 1), (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return (row[b.length] ?? MOST_SLIPS + 1) <= MOST_SLIPS
}
