/** An XML text that is not well-formed: the offset, what is there, and what should be. */
export interface XmlFlaw {
  readonly at: number
  readonly found: string
  readonly expected: string
}

/** The attributes of a tag: for each, the offsets at which its name begins and ends, and its value. The next tag overwrites them. */
export type AttributeOffsets = readonly number[]

/** What a scan of an XML text passes on. Names are without their prefix. A returned text says what was expected instead, and ends the scan. */
export interface XmlVisitor {
  /** An element begins in another, or in none. */
  open?(name: string, parent: string | undefined, attributes: AttributeOffsets): string | undefined
  /** An element ends; `start` is the end of the last tag before. */
  close?(name: string, start: number, end: number): string | undefined
}

/** Elements nest no deeper in workbooks. */
const DEPTH_LIMIT = 256

/**
 * Scans an XML text (XML 1.0, section 2.1) for what makes it not well-formed: tags that do not pair, attributes without quotes or twice, bare
 * ampersands, more than one root. Readers of workbooks skip over such places, and the rows in them are lost. Linear, without recursion.
 */
export function scanXml(text: string, visitor: XmlVisitor = {}): XmlFlaw | undefined {
  const open: string[] = []
  const attributes: number[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let hasRoot = false
  for (;;) {
    const tag = text.indexOf('<', at)
    const end = tag < 0 ? text.length : tag
    const flaw = checkText(text, at, end, open.length === 0)
    if (flaw) return flaw
    if (tag < 0) break
    const next = text.charCodeAt(tag + 1)
    if (next === BANG || next === QUESTION) {
      const after = skipMarkup(text, tag)
      if (typeof after !== 'number') return after
      at = after
      continue
    }
    const isEnd = next === SLASH
    const nameStart = isEnd ? tag + 2 : tag + 1
    const nameEnd = skipName(text, nameStart)
    if (nameEnd === nameStart) return { at: tag, found: '<', expected: 'a tag, or &lt; in text' }
    const name = text.slice(nameStart, nameEnd)
    if (isEnd) {
      const close = skipSpace(text, nameEnd)
      const expected = open.pop()
      if (name !== expected) return { at: tag, found: `</${name}>`, expected: expected === undefined ? 'no closing tag' : `</${expected}>` }
      if (text.charCodeAt(close) !== GREATER) return { at: tag, found: quote(text, tag), expected: `</${name}>` }
      const wrong = visitor.close?.(localName(name), at, tag)
      if (wrong !== undefined) return { at: tag, found: text.slice(at, Math.min(tag, at + 40)), expected: wrong }
      at = close + 1
      continue
    }
    if (open.length === 0 && hasRoot) return { at: tag, found: `<${name}>`, expected: 'one root element' }
    if (open.length >= DEPTH_LIMIT) return { at: tag, found: `<${name}>`, expected: `at most ${DEPTH_LIMIT} levels` }
    hasRoot = true
    const tagEnd = skipAttributes(text, nameEnd, attributes)
    if (typeof tagEnd !== 'number') return tagEnd
    const isEmpty = text.charCodeAt(tagEnd - 1) === SLASH
    const parent = open.at(-1)
    const wrong = visitor.open?.(localName(name), parent === undefined ? undefined : localName(parent), attributes)
      ?? (isEmpty ? visitor.close?.(localName(name), tagEnd, tagEnd) : undefined)
    if (wrong !== undefined) return { at: tag, found: quote(text, tag), expected: wrong }
    if (!isEmpty) open.push(name)
    at = tagEnd + 1
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) return { at: text.length, found: 'the end of the file', expected: `</${unclosed}>` }
  return hasRoot ? undefined : { at: text.length, found: 'the end of the file', expected: 'a root element' }
}

const [SLASH, GREATER, EQUALS, BANG, QUESTION, LESS] = [0x2f, 0x3e, 0x3d, 0x21, 0x3f, 0x3c]

function quote(text: string, at: number): string {
  return text.slice(at, at + 40).split(/[\r\n]/, 1)[0] ?? ''
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const entity = /&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\da-f]{1,6});/iy

/** Text between tags: references must be complete, and there is none outside the root. */
function checkText(text: string, start: number, end: number, isOutside: boolean): XmlFlaw | undefined {
  if (start >= end) return undefined
  if (isOutside && skipSpace(text, start) < end) return { at: start, found: quote(text, start), expected: 'an element' }
  return checkReferences(text, start, end)
}

function checkReferences(text: string, start: number, end: number): XmlFlaw | undefined {
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) !== 0x26) continue
    entity.lastIndex = at
    if (!entity.test(text)) return { at, found: quote(text, at), expected: '&amp; for an ampersand' }
  }
  return undefined
}

/** The offset after a comment, a CDATA section, a declaration or an instruction. */
function skipMarkup(text: string, at: number): number | XmlFlaw {
  const [close, what] = text.startsWith('<!--', at) ? ['-->', 'comment']
    : text.startsWith('<![CDATA[', at) ? [']]>', 'CDATA section']
      : text.charCodeAt(at + 1) === QUESTION ? ['?>', 'instruction']
        : ['>', 'declaration']
  const found = text.indexOf(close, at + 2)
  return found < 0 ? { at, found: quote(text, at), expected: `${close} at the end of the ${what}` } : found + close.length
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (isSpace(text.charCodeAt(at))) at += 1
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/** The end of a name: any characters but white space and those of markup. */
function skipName(text: string, start: number): number {
  let at = start
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === SLASH || code === GREATER || code === EQUALS || code === LESS || code === 0x22 || code === 0x27 || isSpace(code)) break
  }
  return at
}

/** The offset of the `>` that ends a tag, whose attributes are put into `into`; or what is wrong with them. */
function skipAttributes(text: string, start: number, into: number[]): number | XmlFlaw {
  into.length = 0
  let at = start
  for (;;) {
    const next = skipSpace(text, at)
    const code = text.charCodeAt(next)
    if (code === GREATER) return next
    if (code === SLASH && text.charCodeAt(next + 1) === GREATER) return next + 1
    const nameEnd = skipName(text, next)
    if (nameEnd === next || next === at) return { at: next, found: quote(text, next) || 'the end of the file', expected: 'an attribute, or >' }
    const equals = skipSpace(text, nameEnd)
    const value = skipSpace(text, equals + 1)
    const mark = text.charCodeAt(value)
    const end = mark === 0x22 || mark === 0x27 ? text.indexOf(mark === 0x22 ? '"' : "'", value + 1) : -1
    if (text.charCodeAt(equals) !== EQUALS || end < 0) return { at: next, found: quote(text, next), expected: 'an attribute with a value in quotes' }
    const flaw = checkValue(text, value + 1, end)
    if (flaw) return flaw
    if (isRepeated(text, next, nameEnd, into)) return { at: next, found: quote(text, next), expected: 'each attribute once' }
    if (into.length >= MOST_OFFSETS) return { at: next, found: quote(text, next), expected: 'at most 100 attributes' }
    into.push(next, nameEnd, value + 1, end)
    at = end + 1
  }
}

/** Four for each attribute. */
const MOST_OFFSETS = 400

function isRepeated(text: string, start: number, end: number, attributes: AttributeOffsets): boolean {
  for (let index = 0; index < attributes.length; index += 4) {
    const other = attributes[index] ?? 0
    if ((attributes[index + 1] ?? 0) - other === end - start && text.startsWith(text.slice(start, end), other)) return true
  }
  return false
}

function checkValue(text: string, start: number, end: number): XmlFlaw | undefined {
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) === LESS) return { at, found: quote(text, at), expected: '&lt; in the value of an attribute' }
  }
  return checkReferences(text, start, end)
}
