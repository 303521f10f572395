import { shortenText } from '../../model/text.js'

/** Fits texts to what MISP can hold, and counts what had to be changed. */
export interface MispTexts {
  /** One line: white space becomes single spaces. Blank where the text is. */
  line(text: string, longest: number): string
  /** Several lines. */
  block(text: string): string
  /** A line that may stand between the quotation marks of a tag. */
  quoted(text: string, longest: number): string
  readonly changed: number
  readonly shortened: number
}

/** MISP keeps descriptions and elements in columns of 65,535 bytes; a character takes four at most. */
export const longestText = 16_000

/** Creates the texts of one galaxy. */
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
