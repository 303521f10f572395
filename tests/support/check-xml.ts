const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const attribute = `\\s+(?:${name})\\s*=\\s*(?:"[^<"]*"|'[^<']*')`
const token = new RegExp(`<\\?xml[^?]*\\?>|<(${name})((?:${attribute})*)\\s*(/?)>|</(${name})\\s*>|([^<]+)|(<)`, 'gy')

/** An element of a document, and the names of its children in their order. */
export interface CheckedElement {
  readonly name: string
  readonly children: CheckedElement[]
}

/**
 * Reads XML as strictly as XML 1.0 asks: one root, tags that match, attributes quoted and each once, `&` only in references. No
 * comments, CDATA or document types: we write none. Throws at the first fault.
 */
export function checkXml(text: string): CheckedElement {
  const root: CheckedElement = { name: '', children: [] }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match || match[6] !== undefined) throw new Error(`no XML at ${at}: ${text.slice(at, at + 80)}`)
    const [, start, attributes = '', isEmpty, end, characters] = match
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/.test(attributes + (characters ?? ''))) throw new Error(`a bare & at ${at}`)
    if (start !== undefined) {
      const names = Array.from(attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g), ([, found]) => found)
      if (new Set(names).size < names.length) throw new Error(`an attribute twice at ${at}: ${match[0]}`)
      const element: CheckedElement = { name: start, children: [] }
      open.at(-1)?.children.push(element)
      if (isEmpty === '') open.push(element)
    }
    if (end !== undefined && open.pop()?.name !== end) throw new Error(`</${end}> closes nothing at ${at}`)
    if (characters !== undefined && open.length === 1 && characters.trim() !== '') throw new Error(`text outside at ${at}`)
  }
  const [only, second] = root.children
  if (open.length > 1 || !only || second) throw new Error('not one element')
  return only
}
