const longestStart = 30
const contextBefore = 15

/** Two texts of which the long part that both begin with is cut, so that what differs is in sight: "…before the difference". */
export function excerptChange(old: string, fresh: string): readonly [old: string, fresh: string] {
  const shorter = Math.min(old.length, fresh.length)
  let same = 0
  while (same < shorter && old[same] === fresh[same]) same += 1
  if (same < longestStart) return [old, fresh]
  const space = old.lastIndexOf(' ', same - contextBefore)
  const start = wholeCharacter(old, space > 0 && same - space < longestStart ? space + 1 : same - contextBefore)
  return [`…${old.slice(start)}`, `…${fresh.slice(start)}`]
}

/** Never between the halves of a surrogate pair. */
function wholeCharacter(text: string, index: number): number {
  return /[\uDC00-\uDFFF]/.test(text[index] ?? '') ? index - 1 : index
}
