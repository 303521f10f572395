import { decodeCharacters, decodeText, markLength } from '../formats/decode-characters.js'
import { isGzip } from '../formats/decode-document.js'
import type { DocumentFile } from '../formats/decoded.js'
import { decodeHead, detectContainer } from '../formats/detect-container.js'

/** Text of a document's line (from 1), as its decoder counts lines; undefined if there is none. */
type FindLine = (document: string, line: number) => string | undefined

/** Creates the function that finds source lines for diagnostics. Documents are looked at on first use. */
export function createLineFinder(files: readonly DocumentFile[]): FindLine {
  const byName = new Map(files.map((file) => [file.name, file]))
  const opened = new Map<string, (line: number) => string | undefined>()
  return (document, line) => {
    const file = byName.get(document)
    if (!file) return undefined
    let find = opened.get(document)
    if (!find) {
      find = openLines(file)
      opened.set(document, find)
    }
    return find(line)
  }
}

function openLines(file: DocumentFile): (line: number) => string | undefined {
  const { bytes } = file
  // Compressed files are not unpacked again just for an excerpt.
  if (isGzip(bytes)) return () => undefined
  const head = decodeHead(bytes)
  const { container } = detectContainer(file, head)
  if (container === 'none' || container === 'workbook') return () => undefined
  // JSON, YAML and TOML have fewer line ends than Unicode.
  const isTree = container === 'json' || container === 'yaml' || container === 'toml'
  if (isTree && head.encoding === 'utf-8') return byteLines(bytes.subarray(markLength(bytes)))
  const { text } = decodeCharacters(file, head.encoding, 'replacement', silent)
  const lines = isTree ? text.split(/\r\n|[\n\r]/) : decodeText(file, text, silent)?.lines ?? []
  return (line) => lines[line - 1]
}

/** Problems of the document were reported when it was read. */
function silent(): void {}

const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/**
 * The lines of a text in UTF-8, which end at \r\n, \n and \r, found in its bytes: as texts, those of a large document take several times its
 * size. Diagnostics are mostly in the order of lines: the search goes on where the last one was found.
 */
function byteLines(bytes: Uint8Array): (line: number) => string | undefined {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  // Without any, `indexOf` would look through the rest for each line.
  const hasReturns = bytes.includes(carriageReturn)
  let last = { line: 1, start: 0 }
  return (line) => {
    if (line < last.line) last = { line: 1, start: 0 }
    while (last.line < line) {
      const { next } = lineEnd(last.start)
      if (next > bytes.length) return undefined
      last = { line: last.line + 1, start: next }
    }
    return decoder.decode(bytes.subarray(last.start, lineEnd(last.start).end))
  }

  /** Where the line that starts at a place ends, and where the next one starts: beyond the text, if it is the last. */
  function lineEnd(start: number): { readonly end: number; readonly next: number } {
    if (!hasReturns) {
      const end = bytes.indexOf(lineFeed, start)
      return end < 0 ? { end: bytes.length, next: bytes.length + 1 } : { end, next: end + 1 }
    }
    let end = start
    while (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn) end += 1
    return { end, next: bytes[end] === carriageReturn && bytes[end + 1] === lineFeed ? end + 2 : end + 1 }
  }
}
