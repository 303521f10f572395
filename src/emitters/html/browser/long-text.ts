import { create, isolate } from './elements.js'

const shown = 2000

/** A text with its lines; of a very long one the beginning, and a button for the rest. */
export function createLongText(text: string): HTMLElement {
  if (text.length <= shown) return create('div', { class: 'text' }, isolate(text))
  const box = create('div', { class: 'text' })
  const start = isolate(`${text.slice(0, shown).replace(/[\uD800-\uDBFF]$/, '')}…`)
  const showAll = (): void => box.replaceChildren(isolate(text))
  const button = create('button', { type: 'button', click: showAll }, `Show all ${text.length} characters`)
  box.append(start, ' ', button)
  return box
}
