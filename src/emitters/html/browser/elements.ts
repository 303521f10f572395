/** What an element is made of beside its children. Attributes are set as text; there is no way to give markup. */
interface Parts {
  readonly [attribute: string]: string | ((event: Event) => void)
}

/** Makes an element. Strings become text, never markup; functions listen to the event that they are named after. */
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

/** A document's text, whose direction touches nothing beside it. */
export function isolate(text: string): HTMLElement {
  return create('bdi', {}, text)
}

/** The element with an id. The page and its script are made together: a missing one is a fault of ours. */
export function find(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`#${id}`)
  if (!element) throw new Error(`The page has no #${id}`)
  return element
}

/** Puts an attribute where it is asked for, and takes it away elsewhere. */
export function toggleHidden(element: Element, isHidden: boolean): void {
  element.toggleAttribute('hidden', isHidden)
}
