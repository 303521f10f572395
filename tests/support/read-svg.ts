import { Parser } from 'htmlparser2'

/** What a strict reader finds in an SVG file. */
export interface ReadSvg {
  readonly elements: ReadonlyMap<string, number>
  readonly attributes: ReadonlySet<string>
  /** The text of every <text>, in order. */
  readonly texts: readonly string[]
  readonly title: string
}

const nameStart = /^[A-Za-z_]/

/** Reads SVG and throws where it is not well-formed XML 1.0: tags that don't match, characters or bare marks that XML forbids. */
export function readSvg(source: string): ReadSvg {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(source)) throw new Error('A character that XML forbids')
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(source)) throw new Error('A bare "&"')
  if (!source.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"')) throw new Error('Not SVG')
  checkTags(source)
  const elements = new Map<string, number>()
  const attributes = new Set<string>()
  const texts: string[] = []
  const path: string[] = []
  let title: string | undefined
  let content = ''
  const parser = new Parser({
    onopentag(name, given) {
      path.push(name)
      elements.set(name, (elements.get(name) ?? 0) + 1)
      for (const attribute of Object.keys(given)) attributes.add(attribute)
      content = ''
    },
    ontext(text) { content += text },
    onclosetag(name) {
      if (path.pop() !== name) throw new Error(`</${name}> closes another element`)
      if (name === 'text') texts.push(content)
      if (name === 'title') title ??= content
    },
  }, { xmlMode: true, decodeEntities: true })
  parser.end(source)
  return { elements, attributes, texts, title: title ?? '' }
}

/** Every "<" begins a tag as XML writes it, and every start has its end: lenient readers mend both. */
function checkTags(source: string): void {
  const open: string[] = []
  for (const [whole, end, name = '', attributes = '', empty] of source.slice(source.indexOf('?>') + 2).matchAll(/<(\/?)([^\s<>/]*)([^<>]*?)(\/?)>|</g)) {
    if (!nameStart.test(name) || !/^(?:\s+[A-Za-z][\w-]*="[^"<]*")*\s*$/.test(attributes)) throw new Error(`Not a tag: ${whole}${name}`)
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> without its start`)
    } else if (empty !== '/') open.push(name)
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`)
}
