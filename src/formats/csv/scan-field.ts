/** What is wrong with the quotes of a cell. */
export type QuoteFlaw = 'unclosed' | 'stray'

const quote = 34

/** Where a cell ends that begins at `at`: at its delimiter, its line end, or the end of the text. */
export function endOfField(text: string, at: number, delimiter: number): { readonly end: number; readonly flaw?: QuoteFlaw } {
  if (text.charCodeAt(at) !== quote) return { end: endOfPlain(text, at, delimiter) }
  const closed = endOfQuoted(text, at)
  if (closed === undefined) return { end: endOfPlain(text, at, delimiter), flaw: 'unclosed' }
  const end = endOfPlain(text, closed, delimiter)
  return end === closed ? { end } : { end, flaw: 'stray' }
}

/** The text of a cell between two offsets: quotes around it removed, doubled ones inside halved. */
export function fieldText(text: string, start: number, end: number, flaw: QuoteFlaw | undefined): string {
  if (text.charCodeAt(start) !== quote || flaw === 'unclosed') return text.slice(start, end)
  const closed = flaw === 'stray' ? (endOfQuoted(text, start) ?? end) : end
  const inner = text.slice(start + 1, closed - 1)
  return (inner.includes('"') ? inner.replaceAll('""', '"') : inner) + text.slice(closed, end)
}

/** Just after the closing quote of a cell that opens at `at`. */
function endOfQuoted(text: string, at: number): number | undefined {
  for (let found = text.indexOf('"', at + 1); found >= 0; found = text.indexOf('"', found + 2)) {
    if (text.charCodeAt(found + 1) !== quote) return found + 1
  }
  return undefined
}

function endOfPlain(text: string, at: number, delimiter: number): number {
  let end = at
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === delimiter || code === 10 || code === 13) break
  }
  return end
}
