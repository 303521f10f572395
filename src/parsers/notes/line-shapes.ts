/** A line without margins and block quote markers, and the position of its text. */
export interface NoteLine {
  readonly text: string
  /** From 1. */
  readonly number: number
  /** Of the first character of `text`, from 1. */
  readonly column: number
  /** Number of spaces before the text, after block quote markers. */
  readonly indent: number
  readonly quoted: boolean
}

/** Removes margins and block quote markers (CommonMark 0.31, section 5.1) from a line. */
export function readNoteLine(raw: string, number: number): NoteLine {
  const quote = /^ {0,3}(?:> ?)+/.exec(raw)?.[0].length ?? 0
  const body = raw.slice(quote).trimEnd()
  const text = body.trimStart()
  const indent = body.length - text.length
  return { text, number, column: quote + indent + 1, indent, quoted: quote > 0 }
}

/** An open code fence: it is closed by at least `length` of the character `mark`. */
export interface Fence {
  readonly mark: string
  readonly length: number
  readonly quoted: boolean
}

/** The code fence that a line opens (CommonMark 0.31, section 4.5), at any indentation. */
export function readFence(text: string, quoted: boolean): Fence | undefined {
  const found = /^(`{3,}|~{3,})(.*)$/.exec(text)
  const [, marks = '', info = ''] = found ?? []
  // "```code```" on one line is a code span.
  if (!found || (marks.startsWith('`') && info.includes('`'))) return undefined
  return { mark: marks.charAt(0), length: marks.length, quoted }
}

/** Whether a line closes a fence. The end of a block quote closes the fences in it. */
export function closesFence({ text, quoted }: NoteLine, fence: Fence): boolean {
  return (fence.quoted && !quoted) || (text.length >= fence.length && isAllOf(text, fence.mark))
}

function isAllOf(text: string, mark: string): boolean {
  return text === mark.repeat(text.length)
}

/** Level of a heading, and the offsets of its text in the line: "## Words ##", "== Words". */
export function readHeading(text: string): { readonly level: number; readonly start: number; readonly end: number } | undefined {
  const [marks] = /^(?:#{1,6}|={1,6})(?= |$)/.exec(text) ?? []
  if (marks === undefined || (marks.startsWith('=') && marks.length === text.length)) return undefined
  let end = text.length
  while (end > marks.length && text.charAt(end - 1) === marks.charAt(0)) end -= 1
  // A closing sequence must follow a space: "C#" has none.
  if (text.charAt(end - 1) !== ' ') end = text.length
  while (end > marks.length && text.charAt(end - 1) === ' ') end -= 1
  let start = marks.length
  while (start < end && text.charAt(start) === ' ') start += 1
  return { level: marks.length, start, end }
}

/** The level of the heading that a line underlines; `title` is the line above. */
export function readUnderline(text: string, title: string): number | undefined {
  const [mark = ''] = text
  if (text.length < 3 || !'=-^"*_+'.includes(mark) || !isAllOf(text, mark)) return undefined
  if (mark === '=') return 1
  if (mark === '-') return 2
  // Thematic breaks of Markdown are underlines in plain text, if they are as long as the title.
  return text.length >= title.length ? 3 : undefined
}

/** Whether a line is a thematic break or the overline of a title: nothing but marks. */
export function isRule(text: string): boolean {
  return /^(?:([=\-~^"*_+#.:'])\1{2,}|(?:[*_-] ){2,}[*_-])$/.test(text)
}

/** Marker of a list item: its length including spaces and check box, and the nesting levels added by repeated marks. */
export function readMarker(text: string): { readonly length: number; readonly deeper: number } | undefined {
  const found = /^(\*{1,5}|\.{1,5}|[-+•–▪◦‣]|\d{1,9}[.)]|[a-z][.)])(?: +(?:\[[ xX]\](?: +|$))?|$)/.exec(text)
  if (!found) return undefined
  const marks = found[1] ?? ''
  return { length: found[0].length, deeper: /^[*.]/.test(marks) ? marks.length - 1 : 0 }
}

/** Whether a line separates the header of a table from its rows: dashes, colons, plus signs and pipes. */
export function isTableRule(text: string): boolean {
  return /^[|+][-=:|+ ]*$|^:?-+:? *\|[-:| ]*$/.test(text) && /[-=]/.test(text)
}

/** Splits a table row into cells; an escaped pipe separates nothing (GFM, section 4.10). */
export function splitCells(text: string): readonly string[] {
  const cells = text.split(/(?<!\\)\|/)
  if (cells[0]?.trim() === '') cells.shift()
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.map((cell) => cell.trim())
}

/** Label of a link reference definition or of a footnote: "[label]: https://…", "[^1]: …". */
export function readDefinition(text: string): string | undefined {
  const found = /^\[(\^?[^\][]{1,200})\]: *(.?)/.exec(text)
  const [, label, next = ''] = found ?? []
  if (label === undefined) return undefined
  const isTarget = label.startsWith('^') || /^(?:[<#/.]|$)/.test(next) || /^\[[^\][]{1,200}\]: *(?:https?:|www\.)/i.test(text)
  return isTarget ? label : undefined
}

/** An inline link or image: "[text](url)", "![text](url "title")". */
const link = /!?\[([^[\]]*)\]\(<?[^\s()<>]*>?(?: "[^"]*")?\)/g
/** A reference link: "[text][label]". */
const labelled = /\[([^[\]]+)\]\[[^[\]]*\]/g

/** Offset at which bold text that begins a line ends (its closing mark); undefined if the line does not begin with bold text. */
export function leadingBoldEnd(text: string): number | undefined {
  const [mark] = /^(?:\*\*|__)(?=[^\s*_])/.exec(text) ?? []
  const end = mark === undefined ? -1 : text.indexOf(mark, mark.length)
  return end < 0 ? undefined : end
}

/**
 * Markdown as rendered text on one line: links as their text, no bold or code marks. Single asterisks and underscores stay:
 * plain notes use them for other purposes.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(link, '$1')
    .replaceAll(labelled, '$1')
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/(?<![\p{L}\p{N}_])__(?=[^\s_])|(?<=[^\s_])__(?![\p{L}\p{N}_])/gu, '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
