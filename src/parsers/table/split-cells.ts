import type { TechniqueRef } from '../../model/mapping.js'

/** A technique id, also as URLs write it: T1059, t1059.001, T1059/001. */
const techniqueId = /(?<![\p{L}\p{N}])T(\d{4})(?:[./](\d{3}))?(?!\d|[./]\d)/giu

/** Characters between a technique's id and its name, or between two techniques. */
const separators: ReadonlySet<string> = new Set(' \t\n\u00A0;,|:/•·()[]{}–—-')

/** Words between two techniques that are not names: "T1190 and T1566". */
const joiningWords: ReadonlySet<string> = new Set(['and', 'or', 'and/or', 'und', 'oder', 'et', 'ou', 'y', 'o'])

/**
 * The techniques in a cell, each id once, with their names if the cell has them: "T1190; T1078", "T1078 Valid Accounts",
 * "Valid Accounts (T1078)", or a URL. A name belongs to the id before it; in a cell that begins with a name, to the id after it.
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

const wholeId = /^T\d{4}(?:[./]\d{3})?[./]{0,2}$/i
const idCandidates = /(?<![\p{L}\p{N}])T\d{3}[\d./]*/giu

/** Whether a text contains a malformed technique id: "T1059.1", "T105", "T1059.001/002". */
export function hasBrokenId(text: string): boolean {
  return Array.from(text.matchAll(idCandidates)).some(([candidate]) => !wholeId.test(candidate))
}

/**
 * The references in a cell, in order: one per line, as Crosswalk writes them; a Python list literal, as mapex writes it
 * (`['https://…', 'https://…']`); or URLs separated by commas, semicolons or spaces. A URL may contain commas, so a separator
 * counts only before another URL.
 */
export function splitReferences(text: string): readonly string[] {
  const trimmed = text.trim()
  const list = trimmed.startsWith('[') && trimmed.endsWith(']') ? readPythonList(trimmed) : undefined
  const lines = list ?? trimmed.split('\n').flatMap(splitAddresses)
  return lines.map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '')
}

function splitAddresses(line: string): readonly string[] {
  if (line.indexOf('://') === line.lastIndexOf('://')) return [line]
  return line.split(/[;,\s](?=[A-Za-z][A-Za-z+.-]{1,20}:\/\/)/).map(withoutSeparators)
}

function withoutSeparators(text: string): string {
  let end = text.length
  while (end > 0 && ' ;,\t'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** The strings of a Python list literal; undefined if the text is not one. */
function readPythonList(text: string): readonly string[] | undefined {
  const items: string[] = []
  let at = 1
  const skipSpace = (): void => {
    while (text[at] === ' ' || text[at] === '\n') at += 1
  }
  skipSpace()
  while (at < text.length - 1) {
    const quote = text[at]
    if (quote !== "'" && quote !== '"') return undefined
    let item = ''
    for (at += 1; at < text.length && text[at] !== quote; at += 1) {
      if (text[at] === '\\') item += unescape(text[(at += 1)])
      else item += text[at]
    }
    if (text[at] !== quote) return undefined
    items.push(item)
    at += 1
    skipSpace()
    if (text[at] === ',') at += 1
    else if (at !== text.length - 1) return undefined
    skipSpace()
  }
  return items
}

/** The character for an escape in a Python string. Line breaks and tabs become spaces. */
function unescape(character: string | undefined): string {
  if (character === 'n' || character === 'r' || character === 't') return ' '
  return character ?? ''
}
