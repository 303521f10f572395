/** HTML that is safe to put into a page. Made by `markup` alone. */
export interface Markup {
  readonly html: string
}

type Part = Markup | readonly Markup[] | string | number

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A template of HTML: what is put into it is escaped, unless it is markup itself. Attributes stand in double quotes. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: strings.map((text, index) => (index === 0 ? text : writePart(parts[index - 1] ?? '') + text)).join('') }
}

/** A document's text, whose direction touches nothing beside it (HTML, section 4.5.24, "bdi"). */
export function isolate(text: string): Markup {
  return markup`<bdi>${text}</bdi>`
}

function writePart(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (mark) => escapes[mark] ?? '')
  return 'html' in part ? part.html : part.map(({ html }) => html).join('')
}
