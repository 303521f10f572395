/** A line without its margins, and where its text begins. */
export interface NoteLine {
  readonly text: string
  /** From 1. */
  readonly number: number
  /** Of the text's first character, from 1. */
  readonly column: number
  /** Spaces before the text, behind the marks of a quotation. */
  readonly indent: number
  readonly quoted: boolean
}

/** Takes margins and the marks of a quotation (CommonMark 0.31, section 5.1) off a line. */
export function readNoteLine(raw: string, number: number): NoteLine {
  const quote = /^ {0,3}(?:> ?)+/.exec(raw)?.[0].length ?? 0
  const body = raw.slice(quote).trimEnd()
  const text = body.trimStart()
  const indent = body.length - text.length
  return { text, number, column: quote + indent + 1, indent, quoted: quote > 0 }
}

/** How a fence of code is closed: by as many of the same character, or more. */
export interface Fence {
  readonly mark: string
  readonly length: number
  readonly quoted: boolean
}

/** The fence that a line opens (CommonMark 0.31, section 4.5), however far it is indented. */
export function readFence(text: string, quoted: boolean): Fence | undefined {
  const found = /^(`{3,}|~{3,})(.*)$/.exec(text)
  const [, marks = '', info = ''] = found ?? []
  // "```code```" on one line is code within a line.
  if (!found || (marks.startsWith('`') && info.includes('`'))) return undefined
  return { mark: marks.charAt(0), length: marks.length, quoted }
}

/** Whether the line closes a fence. */
export function closesFence({ text, quoted }: NoteLine, fence: Fence): boolean {
  return (fence.quoted && !quoted) || (text.length >= fence.length && isAllOf(text, fence.mark))
}

function isAllOf(text: string, mark: string): boolean {
  return text === mark.repeat(text.length)
}

/** A heading's level, and where in the line its words begin and end: "## Words ##", "== Words". */
export function readHeading(text: string): { readonly level: number; readonly start: number; readonly end: number } | undefined {
  const [marks] = /^(?:#{1,6}|={1,6})(?= |$)/.exec(text) ?? []
  if (marks === undefined || (marks.startsWith('=') && marks.length === text.length)) return undefined
  let end = text.length
  while (end > marks.length && text.charAt(end - 1) === marks.charAt(0)) end -= 1
  // Marks at the end close a heading only behind a space: "C#" stays whole.
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
  // What Markdown takes for a rule underlines in plain text, if it is as long as the title.
  return text.length >= title.length ? 3 : undefined
}

/** Whether a line is a rule, or the line above a title: marks and nothing else. */
export function isRule(text: string): boolean {
  return /^(?:([=\-~^"*_+#.:'])\1{2,}|(?:[*_-] ){2,}[*_-])$/.test(text)
}

/** A list item's marker: its length with the spaces and the box behind it, and how much deeper repeated marks nest it. */
export function readMarker(text: string): { readonly length: number; readonly deeper: number } | undefined {
  const found = /^(\*{1,5}|\.{1,5}|[-+•–▪◦‣]|\d{1,9}[.)]|[a-z][.)])(?: +(?:\[[ xX]\](?: +|$))?|$)/.exec(text)
  if (!found) return undefined
  const marks = found[1] ?? ''
  return { length: found[0].length, deeper: /^[*.]/.test(marks) ? marks.length - 1 : 0 }
}

/** Whether a line parts the titles of a table from its rows: dashes, colons, plus signs and pipes. */
export function isTableRule(text: string): boolean {
  return /^[|+][-=:|+ ]*$|^:?-+:? *\|[-:| ]*$/.test(text) && /[-=]/.test(text)
}

/** The cells of a table's row; a pipe behind a backslash parts nothing (GFM, section 4.10). */
export function splitCells(text: string): readonly string[] {
  const cells = text.split(/(?<!\\)\|/)
  if (cells[0]?.trim() === '') cells.shift()
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.map((cell) => cell.trim())
}

/** The label of a link's address or of a footnote: "[label]: https://…", "[^1]: …". */
export function readDefinition(text: string): string | undefined {
  const found = /^\[(\^?[^\][]{1,200})\]: *(.?)/.exec(text)
  const [, label, next = ''] = found ?? []
  if (label === undefined) return undefined
  const isTarget = label.startsWith('^') || /^(?:[<#/.]|$)/.test(next) || /^\[[^\][]{1,200}\]: *(?:https?:|www\.)/i.test(text)
  return isTarget ? label : undefined
}

/** A link or a picture: "[text](address)", "![text](address "title")". */
const link = /!?\[([^[\]]*)\]\(<?[^\s()<>]*>?(?: "[^"]*")?\)/g
/** A link by its label: "[text][label]". */
const labelled = /\[([^[\]]+)\]\[[^[\]]*\]/g

/**
 * A piece of Markdown as a reader sees it, on one line: links as their text, no marks of strong text and of code. Single stars
 * and underscores stay: plain notes have them for other things.
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
