import { joinBytes } from '../../formats/decode-characters.js'

/** Splits a JSON document while it arrives, so that its entries need not be in memory at the same time. */
export interface JsonSplitter {
  /** Takes the next bytes of UTF-8, split anywhere. */
  readonly push: (chunk: Uint8Array) => void
  /** Returns the rest of the document: every entry is replaced by an array with the result of `keep`. */
  readonly finish: () => SplitJson
}

/** Position of an entry in the document, in bytes; `end` is exclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** The document without its entries. `isCutOff`: it ends inside a string, array or object. */
type SplitJson = { readonly frame: string; readonly isCutOff: boolean }

const quote = 0x22
const backslash = 0x5C
const [openList, openObject, closeList, closeObject] = [0x5B, 0x7B, 0x5D, 0x7D]
/** Nesting depth of entries: arrays and objects inside an array or object of the root value. */
const entryDepth = 2
/** In bytes. The largest entry of ATT&CK bundles, the contents of the collection, has about 3 MB. */
const maxEntryBytes = 64_000_000

/**
 * Splits JSON at the entries of the outermost arrays and objects: the objects of a STIX bundle. `keep` gets the text and the
 * position of each in turn; the frame contains its result as `[result]`. Distinguishes only brackets and strings, in a single
 * pass: whether frame and entries are valid JSON is left to `JSON.parse`. Throws what `keep` throws, TypeError on invalid UTF-8,
 * and RangeError on an entry larger than 64 MB.
 */
export function createJsonSplitter(keep: (entry: string, range: ByteRange) => number): JsonSplitter {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const frame: string[] = []
  let parts: Uint8Array[] = []
  let partBytes = 0
  /** Bytes of all previous chunks. */
  let offset = 0
  let entryStart = 0
  let depth = 0
  let inString = false
  let escaped = false

  function append(bytes: Uint8Array): void {
    partBytes += bytes.byteLength
    if (partBytes > maxEntryBytes) throw new RangeError('An entry is too large')
    // Copied, since streams may reuse their buffers.
    parts.push(bytes.slice())
  }

  function takeText(): string {
    const bytes = parts.length === 1 && parts[0] ? parts[0] : joinBytes(parts)
    parts = []
    partBytes = 0
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
          append(chunk.subarray(start, at))
          frame.push(takeText())
          start = at
          entryStart = offset + at
        }
        depth += 1
      } else if (byte === closeList || byte === closeObject) {
        depth -= 1
        if (depth === entryDepth) {
          append(chunk.subarray(start, at + 1))
          frame.push(`[${keep(takeText(), { start: entryStart, end: offset + at + 1 })}]`)
          start = at + 1
        }
      }
    }
    append(chunk.subarray(start))
    offset += chunk.length
  }

  return {
    push,
    finish() {
      const isCutOff = depth > 0 || inString
      frame.push(takeText())
      return { frame: frame.join(''), isCutOff }
    },
  }
}
