import type { HtmlElement } from '../decoded.js'

/** The elements within an element that pass, in order. Within those that pass, and within `skip`, none is looked for. */
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
