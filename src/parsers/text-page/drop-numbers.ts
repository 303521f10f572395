/** Takes `count` whole numbers off a line's end; no numbers where it does not end in so many. */
export function dropNumbers(text: string, count: number): { rest: string, numbers: readonly number[] } {
  const words = text.split(' ')
  const last = words.slice(-count)
  if (words.length <= count || !last.every((word) => /^\d[\d,]{0,11}$/.test(word))) return { rest: text, numbers: [] }
  return { rest: words.slice(0, -count).join(' '), numbers: last.map((word) => Number(word.replaceAll(',', ''))) }
}
