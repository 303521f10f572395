import type { HtmlElement } from '../decoded.js'

/** Elements that begin and end a line. */
const BLOCKS: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'br', 'button', 'caption', 'dd', 'details', 'div', 'dl', 'dt', 'fieldset',
  'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'option', 'p', 'pre',
  'section', 'select', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul',
])

/** Whether an element begins and ends a line. */
export function isBlock(element: HtmlElement): boolean {
  return BLOCKS.has(element.name)
}

/** The text of nodes on one line, as a browser shows it: white space collapsed to single spaces, and trimmed. */
export function textOf(...nodes: readonly (HtmlElement | string)[]): string {
  const pieces: string[] = []
  for (const node of nodes) gather(node, ' ', pieces)
  return pieces.join('').replaceAll(/\s+/g, ' ').trim()
}

/** The text of nodes line by line: lines of the source are kept, and blocks begin new ones. Blank lines around it are removed. */
export function linesOf(...nodes: readonly (HtmlElement | string)[]): readonly string[] {
  const pieces: string[] = []
  for (const node of nodes) gather(node, '\n', pieces)
  const lines = pieces.join('').split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
  const first = lines.findIndex((line) => line !== '')
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1)
}

function gather(node: HtmlElement | string, blockEnd: string, pieces: string[]): void {
  if (typeof node === 'string') {
    pieces.push(node)
    return
  }
  const around = isBlock(node)
  if (around) pieces.push(blockEnd)
  for (const child of node.children) gather(child, blockEnd, pieces)
  if (around) pieces.push(blockEnd)
}

/** The descendants of an element that pass, in order. Descendants of those that pass or are skipped are not searched. */
export function findElements(
  element: HtmlElement, passes: (candidate: HtmlElement) => boolean, skip?: (candidate: HtmlElement) => boolean,
): readonly HtmlElement[] {
  const found: HtmlElement[] = []
  const search = (parent: HtmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue
      if (passes(child)) found.push(child)
      else if (!skip?.(child)) search(child)
    }
  }
  search(element)
  return found
}

/** Whether an element has a class. */
export function hasClass(element: HtmlElement, name: string): boolean {
  return element.attributes.get('class')?.split(/\s+/).includes(name) ?? false
}
