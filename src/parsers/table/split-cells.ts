import type { TechniqueRef } from '../../model/mapping.js'
import { readTechniqueCell } from '../reading/technique-cell.js'
import type { TechniqueLookup } from '../reading/technique-lookup.js'

/** Wildcards stand for one sub-technique: whether a cell names techniques does not depend on a release. */
const anyRelease: TechniqueLookup = {
  names: () => [],
  subTechniques: (parent) => ({ ids: [`${parent}.001`], release: '' }),
  subTechniqueNamed: () => undefined,
  nearestSubTechnique: () => undefined,
}

/** The techniques in a cell, each id once, to find out what a column contains. */
export function findTechniques(text: string): readonly TechniqueRef[] {
  return /T[\d(]/i.test(text) ? readTechniqueCell(text, anyRelease).techniques : []
}

/** Whether a cell names a technique. */
export function hasTechnique(text: string): boolean {
  return findTechniques(text).length > 0
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
