import type { DocumentFile } from './decoded.js'
import { decodeHead } from './decode-head.js'

/** How many bytes are looked at: enough for the comments that browsers and tools put before the page. */
const WINDOW = 8192

/** Tags that pages, or pieces of pages, begin with. */
const FIRST_TAGS: ReadonlySet<string> = new Set([
  'html', 'head', 'body', 'meta', 'title', 'link', 'base', 'style', 'script', 'main', 'header', 'nav', 'article', 'section', 'div', 'table',
  'thead', 'tbody', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'a', 'ul', 'ol', 'span', 'form', 'center',
])

/**
 * Whether a text is an HTML page. The content decides: the first thing behind a byte order mark, white space, an XML
 * declaration and comments. A file named .html that holds tags is a page as well.
 */
export function sniffHtml(file: DocumentFile): boolean {
  const head = decodeHead(file.bytes.subarray(0, WINDOW)).trimStart()
  if (beginsWithTag(skipPreamble(head))) return true
  return /\.x?html?$/i.test(file.name) && /<[a-z!/]/i.test(head)
}

function beginsWithTag(text: string): boolean {
  if (/^<!doctype\s+html/i.test(text)) return true
  const [, name] = /^<([a-z][a-z0-9]{0,9})(?=[\s/>])/i.exec(text) ?? []
  return name !== undefined && FIRST_TAGS.has(name.toLowerCase())
}

/** What follows white space, XML declarations and comments; '' where a comment does not end. */
function skipPreamble(text: string): string {
  let at = 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '>' : undefined
    if (end === undefined) return text.slice(at, at + 80)
    const found = text.indexOf(end, at + 2)
    if (found < 0) return ''
    at = found + end.length
  }
}
