import { create, isolate } from './elements.js'

/** A reference as a link, where it is an address of the web and nothing else; as text otherwise. */
export function createWebLink(text: string): HTMLElement {
  if (!/^https?:\/\/[^\s/]/i.test(text) || /\s/.test(text) || !URL.canParse(text)) return isolate(text)
  return create('a', { href: text, rel: 'noopener noreferrer', target: '_blank' }, isolate(text))
}
