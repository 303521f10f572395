import type { Report } from '../../diagnostics/diagnostic.js'
import { depthLimit, type DocumentFile, type TreeDocument } from '../decoded.js'
import { placeFinder, positionFinder } from '../places.js'
import { scanToml } from './scan-toml.js'

/**
 * Decodes a TOML document (TOML 1.0). Undefined if it is not well-formed or nests too deep, which is reported with its place
 * (`read/malformed`, `read/too-deep`).
 */
export function decodeToml(file: DocumentFile, text: string, report: Report): TreeDocument | undefined {
  const positionOf = positionFinder(text)
  const scan = scanToml(text, depthLimit)
  if ('problem' in scan) {
    const { code, at, expected } = scan.problem
    const isCut = text.slice(at).trim() === ''
    const found = isCut ? 'the end of the file' : JSON.stringify(text.slice(at, at + 40).split(/[\r\n]/, 1)[0] ?? '')
    report(code, {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(Math.min(at, text.length)) } },
      expected,
      ...(code === 'read/malformed' && { message: isCut ? 'The TOML file is cut off' : 'The file is not well-formed TOML', found }),
    })
    return undefined
  }
  const { value, place } = scan
  const find = placeFinder(place)
  return {
    container: 'toml',
    file,
    value,
    locate(pointer) {
      const offset = find(pointer)
      return offset === undefined ? undefined : positionOf(offset)
    },
  }
}
