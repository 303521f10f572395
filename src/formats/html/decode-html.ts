import type { Report } from '../../diagnostics/diagnostic.js'
import type { DocumentFile, HtmlDocument } from '../decoded.js'
import { positionFinder } from '../position-finder.js'
import { buildHtmlTree, htmlDepthLimit } from './build-html-tree.js'
import { decodeHtmlCharacters } from './decode-html-characters.js'

/** What browsers write: `saved from url=(0042)https://…`. */
const SAVED_FROM = /\bsaved from url=\(\d{1,6}\)(\S+)/
/** What the extension SingleFile writes below "Page saved with SingleFile". */
const SINGLE_FILE = /\bSingleFile\s+url: ?(\S+)/

/** Decodes an HTML page. Undefined, with `read/too-deep`, where it nests too deep; what is not closed is no error here. */
export function decodeHtml(file: DocumentFile, report: Report): HtmlDocument | undefined {
  const text = decodeHtmlCharacters(file, report).replaceAll(/\r\n?/g, '\n')
  const position = positionFinder(text)
  const { root, openAtEnd, comments, tooDeep } = buildHtmlTree(text)
  if (tooDeep !== undefined) {
    report('read/too-deep', {
      origin: { document: file.name, place: { kind: 'text', ...position(tooDeep) } },
      expected: `elements nested at most ${htmlDepthLimit} deep`,
    })
    return undefined
  }
  const [savedFrom] = comments.flatMap((comment) => (SAVED_FROM.exec(comment) ?? SINGLE_FILE.exec(comment))?.[1] ?? [])
  return { container: 'html', file, root, openAtEnd, ...(savedFrom !== undefined && { savedFrom }), position }
}
