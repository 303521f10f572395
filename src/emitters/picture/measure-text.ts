/**
 * Widths of the characters of DejaVu Sans, in hundredths of the font size, rounded up to even numbers: ASCII, Latin-1, Latin Extended-A,
 * and the punctuation of the pictures. From the tables `hmtx` and `cmap` of DejaVu 2.37. No font is measured at run time, so that pictures
 * are laid out the same everywhere.
 */
const regularWidths: readonly (readonly [width: number, characters: string])[] = [
  [28, "'ijlìíîïĩīĭįıĵĺļ"],
  [30, 'IJÌÍÎÏĨĪĬĮİĴł'],
  [32, ' ,.·‘’'],
  [34, '/:;\\|¦'],
  [36, 'fŀſ'],
  [38, '-ľ'],
  [40, '()[]tţťŧ'],
  [42, '!r¡²³¹ŕŗř'],
  [46, '"'],
  [48, 'ªº'],
  [50, '*_`§¨¯°´¸–'],
  [52, '“”'],
  [54, '?sz¿śŝşšźżž'],
  [56, 'LcçćĉċčĳĹĻĽĿ'],
  [58, 'FkķĸŁ'],
  [60, 'vxyýÿĲŷ•'],
  [62, 'PTYaeo«»ÝÞàáâãäåèéêëðòóôõöøāăąēĕėęěōŏőŢŤŦŶŸ'],
  [64, '$0123456789ESbdghnpqu{}¢£¤¥µ¶ÈÉÊËßñùúûüþďđĒĔĖĘĚĝğġģĥńņňŋŚŜŞŠũūŭůűų'],
  [66, 'KĶ'],
  [70, 'ABCRVXZÀÁÂÃÄÅÇĀĂĄĆĈĊČħŔŖŘŹŻŽ'],
  [74, 'UÙÚÛÜŨŪŬŮŰŲ'],
  [76, 'HNÑĤŃŅŇŊ'],
  [78, '&DGÐĎĐĜĞĠĢ'],
  [80, 'OQÒÓÔÕÖØŌŎŐ'],
  [82, 'wŉŵ'],
  [84, '#+<=>^~¬±×÷'],
  [88, 'M'],
  [92, 'Ħ'],
  [96, '%'],
  [98, 'm¼½¾Æ'],
  [100, '@W©®æŴ—…'],
  [104, 'œ'],
  [108, 'Œ'],
]

/** Widths of the characters of DejaVu Sans Bold. */
const boldWidths: readonly (readonly [width: number, characters: string])[] = [
  [32, "'"],
  [36, ' ijlìíîïĩīĭįıĵĺļ'],
  [38, ',./IJ\\|¦·ÌÍÎÏĨĪĬĮİĴł‘’'],
  [40, ':;'],
  [42, '-'],
  [44, 'f²³¹ſ'],
  [46, '!()[]¡'],
  [48, 'tľţťŧ'],
  [50, '_`r§¨¯°´¸ŕŗř–'],
  [54, '"*'],
  [56, 'ŀ'],
  [58, 'ªº'],
  [60, '?csz¿çćĉċčśŝşšźżž'],
  [64, 'L¤¶ĹĻĽĿ•'],
  [66, 'vxy«»ýÿŁŷ“”'],
  [68, 'aekàáâãäåèéêëāăąēĕėęěķĸ'],
  [70, '$0123456789EFTo¢£¥ÈÉÊËðòóôõöøĒĔĖĘĚĳōŏőŢŤŦ'],
  [72, 'bdghnpqu{}ßñùúûüþďđĝğġģĥńņňŋũūŭůűų'],
  [74, 'CPSYZµÇÝÞĆĈĊČŚŜŞŠŶŸŹŻŽ'],
  [76, 'Ĳ'],
  [78, 'ABKRVXÀÁÂÃÄÅĀĂĄĶŔŖŘ'],
  [80, 'ħ'],
  [82, 'UÙÚÛÜŨŪŬŮŰŲ'],
  [84, '#+<=>DGHN^~¬±ÐÑ×÷ĎĐĜĞĠĢĤŃŅŇŊ'],
  [86, 'OQÒÓÔÕÖØŌŎŐ'],
  [88, '&'],
  [94, 'wŵ'],
  [98, 'Ħ'],
  [100, '@M©®ŉ—…'],
  [102, '%'],
  [104, '¼½¾'],
  [106, 'mæ'],
  [110, 'Æœ'],
  [112, 'WŴ'],
  [118, 'Œ'],
]

export type Weight = 'regular' | 'bold'

const tables: Readonly<Record<Weight, ReadonlyMap<string, number>>> = {
  regular: tabulate(regularWidths),
  bold: tabulate(boldWidths),
}
// Combining marks and format characters take no width.
const invisible = /[\p{M}\p{Cf}]/u
/** Characters in no table may come from any font: as wide as the widest letters, and emoji wider still. */
const otherLetter = 1.45
const otherSymbol = 1.9

/** The greatest width of a text in DejaVu Sans, in the unit of `size`. */
export function measureText(text: string, size: number, weight: Weight = 'regular'): number {
  const table = tables[weight]
  let width = 0
  for (const character of text) width += table.get(character) ?? measureOther(character)
  return width * size
}

function measureOther(character: string): number {
  if (invisible.test(character)) return 0
  return /[\p{L}\p{N}]/u.test(character) ? otherLetter : otherSymbol
}

function tabulate(widths: typeof regularWidths): ReadonlyMap<string, number> {
  return new Map(widths.flatMap(([width, characters]) =>
    Array.from(characters, (character) => [character, width / 100] as const)))
}

/** The frame of a text. `first` is the width of its first line, which may have a number beside it; `width` that of the others. */
interface TextFrame {
  readonly size: number
  readonly weight: Weight
  readonly width: number
  readonly first: number
  readonly mostLines: number
}

interface WrappedText {
  readonly lines: readonly string[]
  /** Whether the text did not fit; then the last line ends in "…". */
  readonly shortened: boolean
}

// Texts are cut at this length first: far more than any picture has room for.
const longest = 2000

/** Wraps a text between words, or within words wider than a line. The text beyond `mostLines` is replaced by "…". */
export function wrapText(text: string, frame: TextFrame): WrappedText {
  const measure = (part: string): number => measureText(part, frame.size, frame.weight)
  const widthOf = (line: number): number => (line === 0 ? frame.first : frame.width)
  const lines: string[] = []
  let line = ''
  // Widths add up: a line is not measured anew with each word.
  let used = 0
  for (const { word, joint } of splitWords(text.slice(0, longest))) {
    const wordWidth = measure(word)
    const longer = used + measure(joint) + wordWidth
    if (line !== '' && longer <= widthOf(lines.length)) {
      line += joint + word
      used = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = wordWidth <= widthOf(lines.length) ? [word] : breakWord(word, widthOf(lines.length), measure)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
    used = parts.length === 1 ? wordWidth : measure(line)
    if (lines.length >= frame.mostLines) break
  }
  if (line !== '') lines.push(line)
  if (lines.length <= frame.mostLines && text.length <= longest) return { lines, shortened: false }
  const kept = lines.slice(0, frame.mostLines)
  const last = Math.max(0, kept.length - 1)
  return { lines: [...kept.slice(0, last), endInEllipsis(kept[last] ?? '', widthOf(last), measure)], shortened: true }
}

/** Words, and the space before each if it is on the same line. "Local/Remote" and "Drive-by" may break after the slash and the hyphen. */
function splitWords(text: string): readonly { readonly word: string; readonly joint: string }[] {
  return text.split(/\s+/).filter((whole) => whole !== '').flatMap((whole) =>
    whole.split(/(?<=[/-])(?=[^/-])/).map((word, index) => ({ word, joint: index === 0 ? ' ' : '' })))
}

/** Breaks a word that is wider than a line, with hyphens. `width` is that of its first line, the narrowest. */
function breakWord(word: string, width: number, measure: (part: string) => number): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && measure(`${part}${character}-`) > width) {
      parts.push(/[\p{L}\p{N}]$/u.test(part) && measure(`${part}-`) <= width ? `${part}-` : part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

function endInEllipsis(line: string, width: number, measure: (part: string) => number): string {
  const characters = Array.from(line)
  while (characters.length > 0 && measure(`${characters.join('').trimEnd()}…`) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
