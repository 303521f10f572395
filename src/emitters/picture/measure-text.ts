import { boldWidths, regularWidths } from './character-widths.js'

export type Weight = 'regular' | 'bold'

const tables: Readonly<Record<Weight, ReadonlyMap<string, number>>> = {
  regular: tabulate(regularWidths),
  bold: tabulate(boldWidths),
}
// Marks stand over the letter before; marks of direction are not seen.
const invisible = /[\p{M}\p{Cf}]/u
/** What is in no table may come from any font: as wide as the widest letters are, emoji wider still. */
const otherLetter = 1.45
const otherSymbol = 1.9

/** How wide a text is at most, in the unit of `size`, in DejaVu Sans. */
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
