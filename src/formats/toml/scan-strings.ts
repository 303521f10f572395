/** A string and the offset after it. */
interface ScannedText {
  readonly value: string
  readonly end: number
}

const bareKey = /[\w-]{1,1000}/y

/** A key without dots: bare, or in quotes. */
export function scanKey(text: string, start: number): ScannedText {
  if (text[start] === '"' || text[start] === "'") return scanString(text, start)
  bareKey.lastIndex = start
  const value = bareKey.exec(text)?.[0]
  if (value === undefined) throw new TomlError(start, 'a key')
  return { value, end: start + value.length }
}

/** A string of one line or, in three quotes, of several: with escapes in double quotes, without any in single ones. */
export function scanString(text: string, start: number): ScannedText {
  const quote = text[start] ?? ''
  const close = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote
  const from = start + close.length
  let end = from
  while (!text.startsWith(close, end)) {
    if (end >= text.length) throw new TomlError(end, `the closing ${close} of a string`)
    if (close.length === 1 && text[end] === '\n') throw new TomlError(end, `the closing ${close} of a string, on its line`)
    end += quote === '"' && text[end] === '\\' ? 2 : 1
  }
  if (close.length === 3) {
    // Up to two quotes may precede the closing ones.
    for (let more = 0; more < 2 && text[end + 3] === quote; more += 1) end += 1
  }
  const inner = text.slice(from, end)
  // A line end right after the opening quotes is no part of the text.
  const lines = close.length === 3 ? inner.replace(/^\r?\n/, '').replaceAll('\r\n', '\n') : inner
  return { value: quote === '"' ? unescape(lines, start) : lines, end: end + close.length }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['e', '\u001B'], ['"', '"'], ['\\', '\\'],
])

/** Replaces escapes; a backslash at the end of a line continues the text at the next character that is not white space. */
function unescape(text: string, start: number): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    parts.push(text.slice(from, at))
    const { value, end } = readEscape(text, at + 1, start)
    parts.push(value)
    from = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}

const codePoint = /u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}/y
const lineBreak = /[ \t]{0,1000}\n\s*/y

function readEscape(text: string, at: number, start: number): ScannedText {
  const simple = escapes.get(text[at] ?? '')
  if (simple !== undefined) return { value: simple, end: at + 1 }
  codePoint.lastIndex = at
  const code = codePoint.exec(text)?.[0]
  if (code !== undefined && Number.parseInt(code.slice(1), 16) <= 0x10ffff) {
    return { value: String.fromCodePoint(Number.parseInt(code.slice(1), 16)), end: at + code.length }
  }
  lineBreak.lastIndex = at
  const blank = lineBreak.exec(text)?.[0]
  if (blank === undefined) throw new TomlError(start, 'a string with valid escapes, such as \\n or \\u00e9')
  return { value: '', end: at + blank.length }
}

/** The first problem of a TOML text. */
export interface TomlProblem {
  readonly code: 'read/malformed' | 'read/too-deep'
  readonly at: number
  readonly expected: string
}

/** Ends the scan of a TOML text; caught by `scanToml`. */
export class TomlError extends Error implements TomlProblem {
  constructor(readonly at: number, readonly expected: string, readonly code: TomlProblem['code'] = 'read/malformed') {
    super(expected)
  }
}
