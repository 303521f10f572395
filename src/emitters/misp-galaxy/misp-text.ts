import { shortenText } from '../../model/text.js'

/** Adapts texts to MISP, and counts those that had to be changed or shortened. */
export interface MispTexts {
  /** One line: white space becomes single spaces. Empty for a blank text. */
  line(text: string, longest: number): string
  /** Several lines. */
  block(text: string): string
  /** One line without quotation marks, which delimit the values of tags. */
  quoted(text: string, longest: number): string
  readonly changed: number
  readonly shortened: number
}

/** MISP stores descriptions and elements in columns of 65,535 bytes; a character takes at most four. */
export const longestText = 16_000

/** Creates the adapter for the texts of one galaxy. */
export function createMispTexts(): MispTexts {
  let [changed, shortened] = [0, 0]

  function clean(text: string): string {
    const fit = text.replace(/\p{Cc}/gu, (character) => (/[\t\n\r]/.test(character) ? character : '\ufffd'))
    if (fit !== text) changed += 1
    return fit
  }

  function shorten(text: string, longest: number): string {
    if (text.length <= longest) return text
    shortened += 1
    return shortenText(text, longest)
  }

  function line(text: string, longest: number): string {
    return shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), longest)
  }

  return {
    line,
    block: (text) => shorten(clean(text).replaceAll(/\r\n?/g, '\n').trim(), longestText),
    quoted(text, longest) {
      if (!text.includes('"')) return line(text, longest)
      changed += 1
      return line(text.replaceAll('"', "'"), longest)
    },
    get changed() {
      return changed
    },
    get shortened() {
      return shortened
    },
  }
}
