import type { HtmlDocument, HtmlElement } from '../../formats/decoded.js'

/** Elements whose end tag may be left out (HTML, "optional tags"). */
const MAY_STAY_OPEN: ReadonlySet<string> = new Set([
  'html', 'head', 'body', 'p', 'li', 'dt', 'dd', 'rt', 'rp', 'option', 'optgroup',
  'colgroup', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th',
])

/** The elements in which a page breaks off, outermost first; none where all that must be closed is closed. */
export function findCutOff({ openAtEnd }: HtmlDocument): readonly HtmlElement[] {
  return openAtEnd.some(({ name }) => !MAY_STAY_OPEN.has(name)) ? openAtEnd : []
}
