/**
 * The references of a cell, in their order: one a line, as our tables write them; a list as Python prints it, as mapex
 * does (`['https://…', 'https://…']`); or addresses after commas, semicolons or spaces. An address may hold commas: only
 * one before another address parts two.
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

/** Undefined when the text is no such list. */
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

/** What follows a backslash in a Python string, as far as references need it. */
function unescape(character: string | undefined): string {
  if (character === 'n' || character === 'r' || character === 't') return ' '
  return character ?? ''
}
