import type { TechniqueRef } from '../../model/mapping.js'

/** A technique's id, also as its address writes it: T1059, t1059.001, T1059/001. */
const techniqueId = /(?<![\p{L}\p{N}])T(\d{4})(?:[./](\d{3}))?(?!\d|[./]\d)/giu

/** What stands between a technique's id and its name, or between two techniques. */
const separators: ReadonlySet<string> = new Set(' \t\n\u00A0;,|:/•·()[]{}–—-')

/** Words that join two techniques and name none: "T1190 and T1566". */
const joiningWords: ReadonlySet<string> = new Set(['and', 'or', 'and/or', 'und', 'oder', 'et', 'ou', 'y', 'o'])

/**
 * The techniques that a cell names, with their names where it prints them: "T1190; T1078", "T1078 Valid Accounts",
 * "Valid Accounts (T1078)", or an address. Each id once. A name goes with the id before it, or with the one after it in
 * a cell that begins with a name.
 */
export function findTechniques(text: string): readonly TechniqueRef[] {
  const matches = [...text.matchAll(techniqueId)]
  const [first] = matches
  if (!first) return []
  const namesFirst = trimName(text.slice(0, first.index)) !== undefined
  const found = new Map<string, TechniqueRef>()
  for (const [position, match] of matches.entries()) {
    const [, parent, sub] = match
    const id = sub === undefined ? `T${parent}` : `T${parent}.${sub}`
    const before = matches[position - 1]
    const name = namesFirst
      ? trimName(text.slice(before ? before.index + before[0].length : 0, match.index))
      : trimName(text.slice(match.index + match[0].length, matches[position + 1]?.index))
    const known = found.get(id)
    if (!known?.name) found.set(id, { id, ...(name !== undefined && { name }) })
  }
  return [...found.values()]
}

function trimName(text: string): string | undefined {
  let start = 0
  let end = text.length
  while (start < end && separators.has(text.charAt(start))) start += 1
  while (end > start && separators.has(text.charAt(end - 1))) end -= 1
  const name = text.slice(start, end).replaceAll(/\s+/g, ' ')
  if (joiningWords.has(name.toLowerCase())) return undefined
  return /\p{L}/u.test(name) && !name.includes('://') ? name : undefined
}
