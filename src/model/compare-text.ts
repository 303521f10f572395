/** Orders text by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders text with numbers by value: "/mapping_objects/9" before "/mapping_objects/10", "AC-2" before "AC-10". */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = Number(part) - Number(other)
    const step = Number.isNaN(order) ? compareText(part, other) : order
    if (step !== 0) return step
  }
  return left.length - right.length
}

/** Orders ids naturally; ids that differ only in leading zeros ("AC-2", "AC-02") by their text. */
export function compareIds(a: string, b: string): number {
  return compareNaturally(a, b) || compareText(a, b)
}

/** The letters and digits of a name, in lower case: "Technique Scores" and "technique_scores" are both "techniquescores". */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The text on one line, with single spaces between words. */
export function foldSpace(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
