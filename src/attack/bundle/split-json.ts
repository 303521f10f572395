import { joinBytes } from '../../formats/join-bytes.js'

/** Takes a JSON document apart as it comes in, so that its entries need not be in memory together. */
export interface JsonSplitter {
  /** Bytes of UTF-8, cut anywhere. */
  readonly push: (chunk: Uint8Array) => void
  /** What is left of the document: every entry is replaced by a list with what `keep` made of it. */
  readonly finish: () => SplitJson
}

/** Where an entry stands in the document, in bytes: from `start` up to `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** The document without its entries, or that it stops inside of something. */
type SplitJson = { readonly frame: string; readonly isCutOff: boolean }

const quote = 0x22
const backslash = 0x5C
const [openList, openObject, closeList, closeObject] = [0x5B, 0x7B, 0x5D, 0x7D]
/** An entry is a list or an object that stands in a list or an object of the outermost value. */
const entryDepth = 2
/** In bytes. The largest of ATT&CK's, the collection's table of contents, takes some three million. */
const largestEntry = 64_000_000

/**
 * Splits JSON at the entries of its outermost lists and objects: the objects of a STIX bundle. `keep` gets the text of each in
 * turn and where it stands, and its result stands in the frame as `[result]`. Only brackets and strings are told apart here:
 * whether frame and entries are JSON is for `JSON.parse` to say. Takes one look at each byte. Throws what `keep` throws, TypeError on bytes that
 * are no UTF-8, and RangeError on an entry of more than 64 MB.
 */
export function createJsonSplitter(keep: (entry: string, range: ByteRange) => number): JsonSplitter {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const frame: string[] = []
  let parts: Uint8Array[] = []
  let held = 0
  /** Bytes of the chunks before this one. */
  let passed = 0
  let entryStart = 0
  let depth = 0
  let inString = false
  let escaped = false

  function hold(bytes: Uint8Array): void {
    held += bytes.byteLength
    if (held > largestEntry) throw new RangeError('An entry is too large')
    // Chunks may be reused by who reads them.
    parts.push(bytes.slice())
  }

  function release(): string {
    const bytes = parts.length === 1 && parts[0] ? parts[0] : joinBytes(parts)
    parts = []
    held = 0
    return decoder.decode(bytes)
  }

  function push(chunk: Uint8Array): void {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
      } else if (byte === quote) {
        inString = true
      } else if (byte === openList || byte === openObject) {
        if (depth === entryDepth) {
          hold(chunk.subarray(start, at))
          frame.push(release())
          start = at
          entryStart = passed + at
        }
        depth += 1
      } else if (byte === closeList || byte === closeObject) {
        depth -= 1
        if (depth === entryDepth) {
          hold(chunk.subarray(start, at + 1))
          frame.push(`[${keep(release(), { start: entryStart, end: passed + at + 1 })}]`)
          start = at + 1
        }
      }
    }
    hold(chunk.subarray(start))
    passed += chunk.length
  }

  return {
    push,
    finish() {
      const isCutOff = depth > 0 || inString
      frame.push(release())
      return { frame: frame.join(''), isCutOff }
    },
  }
}
