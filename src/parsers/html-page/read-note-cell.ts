import type { HtmlElement } from '../../formats/decoded.js'
import { linesOf, textOf } from '../../formats/html/element-text.js'
import { findElements, hasClass } from '../../formats/html/find-elements.js'
import { cellText } from '../page/cell-text.js'

/** What a row's Notes box holds. */
export interface CellNote {
  readonly comments?: string
  readonly references?: readonly string[]
}

/**
 * Reads the cell of a row's notes: titles "Comments" and "References", each with its body behind it. A cell without titles is a
 * comment as a whole.
 */
export function readNoteCell(cell: HtmlElement | undefined): CellNote {
  if (!cell) return {}
  const parts = findElements(cell, (element) => hasClass(element, 'title') || hasClass(element, 'body'))
  if (!parts.some((part) => hasClass(part, 'title'))) return readComments([cell])
  const comments: HtmlElement[] = []
  const references: HtmlElement[] = []
  let inReferences = false
  for (const part of parts) {
    const title = hasClass(part, 'title') ? textOf(part).toLowerCase() : undefined
    if (title !== undefined) inReferences = title === 'references'
    if (title === 'references' || title === 'comments') continue
    if (inReferences) references.push(part)
    else comments.push(part)
  }
  const addresses = references.flatMap(readReferences)
  return { ...readComments(comments), ...(addresses.length > 0 && { references: addresses }) }
}

function readComments(elements: readonly HtmlElement[]): CellNote {
  const comments = cellText(linesOf(...elements).join('\n'))
  return comments === undefined ? {} : { comments }
}

/** The entries of a list of references or, where there is no list, its links or else its lines. */
function readReferences(body: HtmlElement): readonly string[] {
  const items = findElements(body, ({ name }) => name === 'li')
  const entries = items.length > 0 ? items : findElements(body, ({ name }) => name === 'a')
  return entries.length > 0 ? entries.flatMap(readEntry) : linesOf(body).filter((line) => line !== '')
}

/** An address as printed; the link's where what is printed is none. Browsers rewrite the link's when they save a page. */
function readEntry(entry: HtmlElement): readonly string[] {
  const text = textOf(entry)
  if (text.includes('://')) return [text]
  const links = (entry.name === 'a' ? [entry] : findElements(entry, ({ name }) => name === 'a'))
    .flatMap((link) => link.attributes.get('href')?.trim() ?? []).filter((address) => /^[a-z][a-z0-9+.-]*:\S/i.test(address))
  return links.length > 0 ? links : text === '' ? [] : [text]
}
