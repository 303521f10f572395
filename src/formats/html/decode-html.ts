import { Parser } from 'htmlparser2'
import type { Report } from '../../diagnostics/diagnostic.js'
import { decodeHtmlCharacters, tidyCharacters } from '../decode-characters.js'
import type { DocumentFile, HtmlDocument, HtmlElement } from '../decoded.js'
import { positionFinder } from '../places.js'

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

/** What a text is as HTML. `tooDeep` is where it nested deeper than the limit; reading ended there. */
interface HtmlTree {
  readonly root: HtmlElement
  readonly openAtEnd: readonly HtmlElement[]
  readonly comments: readonly string[]
  readonly tooDeep?: number
}

interface OpenElement extends HtmlElement {
  readonly children: (HtmlElement | string)[]
  /** How many elements it stands in. */
  readonly depth: number
}

/** How deep elements may nest: browsers draw the same line. */
const htmlDepthLimit = 512

/** Elements whose content is not the page's text. */
const LEFT_OUT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'])

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/**
 * Parts of a table begin in the nearest of these, whatever is open within it: end tags of cells, rows and their groups may be
 * left out, and htmlparser2 knows only some of the ways.
 */
const TABLE_PARTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['td', 'th'].map((name) => [name, new Set(['tr', 'thead', 'tbody', 'tfoot', 'table'])] as const),
  ['tr', new Set(['thead', 'tbody', 'tfoot', 'table'])],
  ...['thead', 'tbody', 'tfoot'].map((name) => [name, new Set(['table'])] as const),
])

/** No more comments are kept: that of the browser stands near the start. */
const MOST_COMMENTS = 20

/** Parses HTML as forgivingly as htmlparser2 does, which never fails. Linear in the text. */
function buildHtmlTree(text: string): HtmlTree {
  const root: OpenElement = { name: '', attributes: NO_ATTRIBUTES, children: [], depth: 0, offset: 0 }
  const open: OpenElement[] = [root]
  // What the parser holds open, some of which may be closed for us.
  const held: OpenElement[] = []
  const comments: string[] = []
  let pieces: string[] = []
  let leftOut = 0
  let tooDeep: number | undefined
  const flush = (): void => {
    if (pieces.length === 0) return
    const piece = tidyCharacters(pieces.join(''))
    // Much of a page is indentation.
    if (piece !== '') open.at(-1)?.children.push(piece.trim() === '' ? blank(piece) : piece)
    pieces = []
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      limitDepth(held.length + leftOut + 1)
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
      held.push(element)
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
      const element = held.pop()
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
  parser.end()
  flush()
  return { root, openAtEnd, comments }
}

/** Closes what is open within the place where a part of a table begins. */
function closeImplied(open: OpenElement[], name: string): void {
  const places = TABLE_PARTS.get(name)
  const at = places ? open.findLastIndex((element) => places.has(element.name)) : -1
  if (at >= 0) open.length = at + 1
}

function blank(space: string): string {
  return space.includes('\n') ? '\n' : ' '
}
