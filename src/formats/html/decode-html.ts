import { Parser } from 'htmlparser2'
import type { Report } from '../../diagnostics/diagnostic.js'
import { tidyCharacters } from '../decode-characters.js'
import type { DocumentFile, HtmlDocument, HtmlElement } from '../decoded.js'
import { type Limits, reportExcess, usualLimits } from '../limits.js'
import { positionFinder } from '../places.js'

/** Comment of browsers: `saved from url=(0042)https://…`. */
const SAVED_FROM = /\bsaved from url=\(\d{1,6}\)(\S+)/
/** Comment of the extension SingleFile, below "Page saved with SingleFile". */
const SINGLE_FILE = /\bSingleFile\s+url: ?(\S+)/

/** Decodes an HTML page. Undefined if it nests too deep or has too many elements, which is reported (`read/…`). Unclosed elements are no errors. */
export function decodeHtml(
  file: DocumentFile, characters: string, report: Report, limits: Limits = usualLimits,
): HtmlDocument | undefined {
  const text = characters.replaceAll(/\r\n?/g, '\n')
  const position = positionFinder(text)
  const { root, openAtEnd, comments, tooDeep, tooMany } = buildHtmlTree(text, limits.elements)
  if (tooMany !== undefined) {
    reportExcess({ limit: 'elements', found: limits.elements + 1, place: { kind: 'text', ...position(tooMany) } }, file, limits, report)
    return undefined
  }
  if (tooDeep !== undefined) {
    report('read/too-deep', {
      origin: { document: file.name, place: { kind: 'text', ...position(tooDeep) } },
      expected: `elements nested at most ${htmlDepthLimit} levels deep`,
    })
    return undefined
  }
  const [savedFrom] = comments.flatMap((comment) => (SAVED_FROM.exec(comment) ?? SINGLE_FILE.exec(comment))?.[1] ?? [])
  return { container: 'html', file, text, root, openAtEnd, ...(savedFrom !== undefined && { savedFrom }), position }
}

/** The elements of a page. `tooDeep` is the offset at which it nests deeper than the limit; reading ends there. */
interface HtmlTree {
  readonly root: HtmlElement
  readonly openAtEnd: readonly HtmlElement[]
  readonly comments: readonly string[]
  readonly tooDeep?: number
  /** The offset of the first element beyond the limit of their number; reading ends there. */
  readonly tooMany?: number
}

interface OpenElement extends HtmlElement {
  readonly children: (HtmlElement | string)[]
  /** Number of elements around it. */
  readonly depth: number
}

/** How deep elements may nest: the limit of browsers. */
const htmlDepthLimit = 512

/** Elements whose content is not text of the page. */
const LEFT_OUT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'])

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/**
 * A part of a table begins in the nearest open element of these, and closes all within: end tags of cells, rows and row groups
 * may be omitted, of which htmlparser2 handles only some cases.
 */
const TABLE_PARTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['td', 'th'].map((name) => [name, new Set(['tr', 'thead', 'tbody', 'tfoot', 'table'])] as const),
  ['tr', new Set(['thead', 'tbody', 'tfoot', 'table'])],
  ...['thead', 'tbody', 'tfoot'].map((name) => [name, new Set(['table'])] as const),
])

/** Limit of comments that are kept: the browser's is near the start. */
const MOST_COMMENTS = 20

/** Parses HTML as leniently as htmlparser2, which never fails. Linear in the text. */
function buildHtmlTree(text: string, mostElements: number): HtmlTree {
  const root: OpenElement = { name: '', attributes: NO_ATTRIBUTES, children: [], depth: 0, offset: 0 }
  const open: OpenElement[] = [root]
  // Elements that are open for the parser, some of which are closed here by `closeImplied`.
  const unclosed: OpenElement[] = []
  const comments: string[] = []
  let pieces: string[] = []
  let leftOut = 0
  let tooDeep: number | undefined
  let tooMany: number | undefined
  let elements = 0
  const flush = (): void => {
    if (pieces.length === 0) return
    const piece = tidyCharacters(pieces.join(''))
    // Most texts of a page are indentation.
    if (piece !== '') open.at(-1)?.children.push(piece.trim() === '' ? blank(piece) : piece)
    pieces = []
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      limitDepth(unclosed.length + leftOut + 1)
      elements += 1
      if (elements > mostElements && tooMany === undefined) {
        tooMany = parser.startIndex
        parser.pause()
      }
      if (leftOut > 0 || LEFT_OUT.has(name)) {
        leftOut += 1
        return
      }
      flush()
      closeImplied(open, name)
      const entries = Object.entries(attributes)
      const element: OpenElement = {
        name, attributes: entries.length === 0 ? NO_ATTRIBUTES : new Map(entries), children: [],
        depth: open.length, offset: parser.startIndex,
      }
      open.at(-1)?.children.push(element)
      open.push(element)
      unclosed.push(element)
    },
    ontext(piece) {
      if (leftOut === 0) pieces.push(piece)
    },
    onclosetag() {
      if (leftOut > 0) {
        leftOut -= 1
        return
      }
      flush()
      const element = unclosed.pop()
      if (element && open[element.depth] === element) open.length = element.depth
    },
    oncomment(comment) {
      if (comments.length < MOST_COMMENTS) comments.push(comment)
    },
  })
  const limitDepth = (depth: number): void => {
    if (depth <= htmlDepthLimit || tooDeep !== undefined) return
    tooDeep = parser.startIndex
    parser.pause()
  }
  parser.write(text)
  const openAtEnd = open.slice(1)
  if (tooDeep !== undefined) return { root, openAtEnd, comments, tooDeep }
  if (tooMany !== undefined) return { root, openAtEnd, comments, tooMany }
  parser.end()
  flush()
  return { root, openAtEnd, comments }
}

/** Closes the elements that the beginning of a part of a table closes. */
function closeImplied(open: OpenElement[], name: string): void {
  const parents = TABLE_PARTS.get(name)
  const at = parents ? open.findLastIndex((element) => parents.has(element.name)) : -1
  if (at >= 0) open.length = at + 1
}

function blank(space: string): string {
  return space.includes('\n') ? '\n' : ' '
}
