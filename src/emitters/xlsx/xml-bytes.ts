import { excelText, keepsSpace } from './xml-text.js'

/**
 * XML as bytes, for what is written tens of thousands of times: texts would be put together, made flat and encoded. Whoever adds more than
 * `reserved` says so before.
 */
export interface XmlBytes {
  bytes: Uint8Array
  /** The same bytes, for those that copy several at once. */
  view: DataView
  length: number
}

/** There is always room for so many bytes after `reserve`. */
const reserved = 256

/** Pieces of about so many bytes are given out. */
export const bytesTogether = 1 << 15

const encoder = new TextEncoder()

export function createXmlBytes(size = 1 << 16): XmlBytes {
  const bytes = new Uint8Array(size)
  return { bytes, view: new DataView(bytes.buffer), length: 0 }
}

/** The bytes so far, which are good until more are added: these begin anew. */
export function takeBytes(to: XmlBytes): Uint8Array {
  const taken = to.bytes.subarray(0, to.length)
  to.length = 0
  return taken
}

/** Makes room for further bytes. */
export function reserve(to: XmlBytes, more: number): void {
  const needed = to.length + more + reserved
  if (needed <= to.bytes.length) return
  const larger = new Uint8Array(needed * 2)
  larger.set(to.bytes)
  to.bytes = larger
  to.view = new DataView(larger.buffer)
}

/** The bytes of a text of ASCII. */
export function asciiBytes(text: string): XmlBytes {
  const found = createXmlBytes((text.length | 3) + 1)
  encoder.encodeInto(text, found.bytes)
  found.length = text.length
  return found
}

/** Adds others, four at a time, so that up to three follow that do not count. They are few, and calls that copy them take longer. */
export function putBytes(to: XmlBytes, { view: from, length: count }: XmlBytes): void {
  const { view, length } = to
  for (let at = 0; at < count; at += 4) view.setInt32(length + at, from.getInt32(at, true), true)
  to.length = length + count
}

/** Adds a text of ASCII. */
export function putAscii(to: XmlBytes, text: string): void {
  reserve(to, text.length)
  const { bytes, length } = to
  for (let at = 0; at < text.length; at++) bytes[length + at] = text.charCodeAt(at)
  to.length = length + text.length
}

/** The largest number that `putDigits` takes. */
export const mostDigits = 1e9

/** Adds the digits of a whole number from 0 to `mostDigits`. */
export function putDigits(to: XmlBytes, value: number): void {
  let digits = 1
  for (let limit = 10; limit <= value; limit *= 10) digits++
  to.length += digits
  for (let rest = value, at = to.length - 1; digits > 0; digits--, at--) {
    const more = (rest / 10) | 0
    to.bytes[at] = 48 + rest - more * 10
    rest = more
  }
}

/** Adds a number as JavaScript writes it. */
export function putNumber(to: XmlBytes, value: number): void {
  if (value >= 0 && value <= mostDigits && Number.isInteger(value)) putDigits(to, value)
  else putAscii(to, String(value))
}

const preservedStart = asciiBytes('<t xml:space="preserve">')
const plainStart = asciiBytes('<t>')
const textEnd = asciiBytes('</t>')

/** Adds the element `<t>` of a text, with the bytes of `textXml`. */
export function putTextElement(to: XmlBytes, text: string): void {
  const start = keepsSpace(text) ? preservedStart : plainStart
  const written = excelText(text)
  reserve(to, written.length * mostBytes)
  putBytes(to, start)
  putCharacters(to, written)
  putBytes(to, textEnd)
}

/** The bytes of the longest character: "&amp;". */
const mostBytes = 5
const [ampersand, less, greater] = [38, 60, 62] as const
const [ampersandXml, lessXml, greaterXml] = [asciiBytes('&amp;'), asciiBytes('&lt;'), asciiBytes('&gt;')] as const

function putCharacters(to: XmlBytes, text: string): void {
  const { bytes } = to
  let length = to.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 128 && code !== ampersand && code !== less && code !== greater) {
      bytes[length++] = code
      continue
    }
    to.length = length
    if (code > 127) {
      let end = at + 1
      while (end < text.length && text.charCodeAt(end) > 127) end++
      to.length += encoder.encodeInto(text.slice(at, end), bytes.subarray(length)).written
      at = end - 1
    } else putBytes(to, code === ampersand ? ampersandXml : code === less ? lessXml : greaterXml)
    length = to.length
  }
  to.length = length
}
