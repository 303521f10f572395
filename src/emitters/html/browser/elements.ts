import { scoreRank } from '../../../model/vocabulary.js'
import type { ReportData } from '../report-data.js'

/** Attributes and event listeners of an element. Attributes are set as text; markup cannot be passed. */
interface Parts {
  readonly [attribute: string]: string | ((event: Event) => void)
}

/** Creates an element. Strings become text nodes, never markup; functions listen to the event named by their key. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name, parts: Parts = {}, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(parts)) {
    if (typeof value === 'string') element.setAttribute(key, value)
    else element.addEventListener(key, value)
  }
  element.append(...children)
  return element
}

/** Text of a document in `bdi`, so that its direction does not affect the text around it. */
export function isolate(text: string): HTMLElement {
  return create('bdi', {}, text)
}

/** The element with an id. The page and its script are generated together: a missing element is a bug. */
export function find(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`#${id}`)
  if (!element) throw new Error(`The page has no #${id}`)
  return element
}

/** Sets or removes the attribute `hidden`. */
export function toggleHidden(element: Element, isHidden: boolean): void {
  element.toggleAttribute('hidden', isHidden)
}

const shown = 2000

/** A text with its line breaks; of a very long one the beginning, and a button that shows the rest. */
export function createLongText(text: string): HTMLElement {
  if (text.length <= shown) return create('div', { class: 'text' }, isolate(text))
  const box = create('div', { class: 'text' })
  const start = isolate(`${text.slice(0, shown).replace(/[\uD800-\uDBFF]$/, '')}…`)
  const showAll = (): void => box.replaceChildren(isolate(text))
  const button = create('button', { type: 'button', click: showAll }, `Show all ${text.length} characters`)
  box.append(start, ' ', button)
  return box
}

/** A reference: a link if it is a single http(s) URL, text otherwise. */
export function createWebLink(text: string): HTMLElement {
  if (!/^https?:\/\/[^\s/]/i.test(text) || /\s/.test(text) || !URL.canParse(text)) return isolate(text)
  return create('a', { href: text, rel: 'noopener noreferrer', target: '_blank' }, isolate(text))
}

/** A row's score in words, with a class for its rank; empty if it has none. */
export function createScore({ rows, texts }: ReportData, row: number): readonly Node[] {
  const category = texts[rows.category?.[row] ?? -1]
  const value = texts[rows.value?.[row] ?? -1]
  const words = [category, value].filter((word) => word !== undefined).join(': ')
  if (words === '') return []
  return [create('span', { class: `score rank-${1 + scoreRank(value ?? '')}` }, isolate(words))]
}
