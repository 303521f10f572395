import { parentOf } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { shortenText } from '../../model/text.js'
import { type CellTechnique, readTechniqueCell } from '../reading/technique-cell.js'
import type { TechniqueLookup } from '../reading/technique-lookup.js'
import type { SheetReader } from './sheet-reader.js'

/** What a column of sub-techniques says of the techniques beside it. */
export interface SubTechniqueReading {
  readonly techniques: readonly TechniqueRef[]
  /** The text of the cell, if it names sub-techniques in full ids. */
  readonly ownCell?: string
}

/**
 * The sub-techniques of a row: "T1059.001", or beside its technique ".001", "001" or "PowerShell". Undefined if the cell says nothing.
 * A name that none of the techniques has is reported, and the techniques stay.
 */
export function readSubTechniques(
  text: string, parents: readonly CellTechnique[], row: number, reader: SheetReader, lookup: TechniqueLookup | undefined,
): SubTechniqueReading | undefined {
  if (readTechniqueCell(text, lookup).techniques.length > 0) return { techniques: [], ownCell: text }
  const ids = [...new Set(parents.map(({ id }) => parentOf(id) ?? id))]
  const [only] = ids
  if (only === undefined) {
    reader.count('parse/name-without-id', 'subtechnique', row, 'subtechnique')
    return undefined
  }
  if (ids.length === 1) {
    const { techniques, rest, broken } = readTechniqueCell(`${only} ${text}`, lookup)
    if (broken.length === 0 && rest.length === 0 && techniques.every(({ id }) => id.includes('.'))) return { techniques }
  }
  return readNames(text, parents, ids, row, reader, lookup)
}

function readNames(
  text: string, parents: readonly CellTechnique[], ids: readonly string[], row: number, reader: SheetReader,
  lookup: TechniqueLookup | undefined,
): SubTechniqueReading {
  const find = (name: string): readonly CellTechnique[] => ids.flatMap((parent) => {
    const id = lookup?.subTechniqueNamed(parent, name)
    return id === undefined ? [] : [{ id, name }]
  })
  const whole = text.replaceAll(/\s+/g, ' ').trim()
  const parts = [[whole], splitNames(text, /[;|\n]/), splitNames(text, /,/)].find((names) => names.every((name) => find(name).length > 0))
    ?? splitNames(text, /[;|\n]/)
  const found = parts.flatMap(find)
  for (const name of parts.filter((part) => find(part).length === 0)) reportUnknown(name, ids, row, reader, lookup)
  const other = found.filter(({ id }) => parents.some((parent) => parent.id.includes('.') && parent.id !== id && parentOf(parent.id) === parentOf(id)))
  if (other.length > 0) {
    reader.count('parse/unknown-sub-technique', whole, row, 'subtechnique', {
      message: `"${shortenText(whole, 60)}" is the name of ${other[0]?.id}, not of ${parents[0]?.id}, which was used`,
      found: whole,
    })
    return { techniques: parents }
  }
  const without = parents.filter((parent) => !found.some(({ id }) => parentOf(id) === (parentOf(parent.id) ?? parent.id)))
  return { techniques: [...found, ...without] }
}

function splitNames(text: string, separator: RegExp): readonly string[] {
  return text.split(separator).map((name) => name.replaceAll(/\s+/g, ' ').trim()).filter((name) => name !== '')
}

function reportUnknown(
  name: string, parents: readonly string[], row: number, reader: SheetReader, lookup: TechniqueLookup | undefined,
): void {
  const [parent = ''] = parents
  const near = lookup?.nearestSubTechnique(parent, name)
  const known = lookup?.subTechniques(parent)
  reader.count('parse/unknown-sub-technique', `${parent} ${name}`, row, 'subtechnique', {
    message: `"${shortenText(name, 60)}" is not the name of a sub-technique of ${parents.join(' or ')}, which ${parents.length === 1 ? 'was' : 'were'} used`,
    found: shortenText(name, 200),
    expected: known && known.ids.length > 0 ? `the name or id of one of ${known.ids.length} sub-techniques of ${known.release}` : 'no sub-technique',
    ...(near && { hint: `Is it ${near.name} (${near.id})?` }),
  })
}
