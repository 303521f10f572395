import { decodeCharacters } from '../formats/decode-characters.js'
import { isGzip } from '../formats/gzip/is-gzip.js'
import { decodeText } from '../formats/text/decode-text.js'
import { sniffTree } from '../formats/sniff-tree.js'
import type { DocumentFile } from '../formats/decoded.js'

/** A line of a document (from 1), as its decoder counts lines; undefined where there is none. */
export type FindLine = (document: string, line: number) => string | undefined

/** Finds source lines for messages. A document is split when its first line is asked for, and once. */
export function createLineFinder(files: readonly DocumentFile[]): FindLine {
  const byName = new Map(files.map((file) => [file.name, file]))
  const split = new Map<string, readonly string[]>()
  return (document, line) => {
    const file = byName.get(document)
    if (!file) return undefined
    let lines = split.get(document)
    if (!lines) {
      lines = splitLines(file)
      split.set(document, lines)
    }
    return lines[line - 1]
  }
}

function splitLines(file: DocumentFile): readonly string[] {
  // What is packed has no lines to show; unpacking it again is not worth an excerpt.
  if (isGzip(file.bytes)) return []
  // JSON and YAML know fewer line ends than Unicode has.
  if (sniffTree(file) !== undefined) return decodeCharacters(file, silent).split(/\r\n|[\n\r]/)
  return decodeText(file, silent)?.lines ?? []
}

/** What is wrong with the document has been reported when it was read. */
function silent(): void {}
