import { measureText, type Weight } from './measure-text.js'

/** Where a text goes. `first` is the width of its first line, where a number stands beside it; `width` that of the others. */
export interface TextFrame {
  readonly size: number
  readonly weight: Weight
  readonly width: number
  readonly first: number
  readonly mostLines: number
}

export interface WrappedText {
  readonly lines: readonly string[]
  /** Something did not fit; the last line ends in "…". */
  readonly shortened: boolean
}

// The longest text that is looked at: far more than any picture has room for.
const longest = 2000

/** Breaks a text into lines that fit: between words, or within those wider than a line. What remains is cut off with "…". */
export function wrapText(text: string, frame: TextFrame): WrappedText {
  const measure = (part: string): number => measureText(part, frame.size, frame.weight)
  const widthOf = (line: number): number => (line === 0 ? frame.first : frame.width)
  const lines: string[] = []
  let line = ''
  // Widths add up: a line is not measured anew with each word.
  let used = 0
  for (const { word, joint } of splitWords(text.slice(0, longest))) {
    const wordWidth = measure(word)
    const longer = used + measure(joint) + wordWidth
    if (line !== '' && longer <= widthOf(lines.length)) {
      line += joint + word
      used = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = wordWidth <= widthOf(lines.length) ? [word] : breakWord(word, widthOf(lines.length), measure)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
    used = parts.length === 1 ? wordWidth : measure(line)
    if (lines.length >= frame.mostLines) break
  }
  if (line !== '') lines.push(line)
  if (lines.length <= frame.mostLines && text.length <= longest) return { lines, shortened: false }
  const kept = lines.slice(0, frame.mostLines)
  const last = Math.max(0, kept.length - 1)
  return { lines: [...kept.slice(0, last), endInEllipsis(kept[last] ?? '', widthOf(last), measure)], shortened: true }
}

/** Words, and what stands before each on the same line. "Local/Remote" and "Drive-by" may break after their marks. */
function splitWords(text: string): readonly { readonly word: string; readonly joint: string }[] {
  return text.split(/\s+/).filter((whole) => whole !== '').flatMap((whole) =>
    whole.split(/(?<=[/-])(?=[^/-])/).map((word, index) => ({ word, joint: index === 0 ? ' ' : '' })))
}

/** A word that is wider than a line goes on in the next, after a hyphen. `width` is that of the narrowest line. */
function breakWord(word: string, width: number, measure: (part: string) => number): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && measure(`${part}${character}-`) > width) {
      parts.push(/[\p{L}\p{N}]$/u.test(part) && measure(`${part}-`) <= width ? `${part}-` : part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

function endInEllipsis(line: string, width: number, measure: (part: string) => number): string {
  const characters = Array.from(line)
  while (characters.length > 0 && measure(`${characters.join('').trimEnd()}…`) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
