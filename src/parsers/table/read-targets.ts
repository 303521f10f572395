import { parentOf } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { foldName, shortenText } from '../../model/text.js'
import type { CellTechnique, TechniqueCell } from '../reading/technique-cell.js'
import { readSubTechniques, type TechniqueColumns } from './technique-columns.js'
import { isNothing, type SheetReader } from './sheet-reader.js'
import { rawCell } from './cells.js'

/** A technique that a row names, its column, and the mapping type if the column's title is one. */
export interface Target {
  readonly technique: TechniqueRef
  readonly column: number
  readonly relation?: string
}

/** The techniques that a row maps to. */
export interface Targets {
  readonly techniques: readonly Target[]
  /** The technique cell declares that there is none: "not mappable". */
  readonly unmappable: boolean
}

const idsExpected = 'technique ids, such as T1059.003'
const unmappable = /^(?:not |non[- _]?|un)map(?:pable|ped)$|^no (?:mapping|technique)s?$/i

/** Techniques of other matrices than ATT&CK's, by the form of their ids. */
const otherMatrices: readonly (readonly [RegExp, string])[] = [
  [/\bAML[._ -]?(?:T|TA)\d{4}/i, 'MITRE ATLAS'],
  [/\bFGT\d{4}/i, 'MITRE FiGHT'],
  [/\bPRE[._ -]?T\d{4}/i, 'PRE-ATT&CK'],
  [/\bMOB[._ -]?T\d{4}/i, 'the first Mobile matrix, whose ids ATT&CK replaced'],
]

/** Objects other than ATT&CK's techniques, by the form of their ids. */
const otherObjects: readonly (readonly [RegExp, string])[] = [
  [/\bCAPEC-\d+/i, 'an attack pattern of CAPEC'],
  [/\bCWE-\d+/i, 'a weakness of CWE'],
  [/\bTA\d{4}\b/, 'an ATT&CK tactic'],
  [/\bG\d{4}\b/, 'an ATT&CK group'],
  [/\bS\d{4}\b/, 'ATT&CK software'],
  [/\bM\d{4}\b/, 'an ATT&CK mitigation'],
  [/\bDS\d{4}\b/, 'an ATT&CK data source'],
  [/\bC\d{4}\b/, 'an ATT&CK campaign'],
]

/** The techniques of a row; `unreadable`, and reported, if a cell has a malformed id or none: such rows are left out. */
export function readTargets(row: number, reader: SheetReader, columns: TechniqueColumns): Targets | 'unreadable' {
  const { byRole, relations } = reader.columns
  if (relations.length > 0) return readRelationColumns(row, reader, columns)
  const column = byRole.get('technique') ?? byRole.get('subtechnique') ?? 0
  const text = reader.raw(row, 'technique')
  const cell = columns.read(text, row, column, reader)
  if (cell.broken.length > 0) return reportUnreadable(text, cell, row, reader)
  const subText = reader.raw(row, 'subtechnique').trim()
  const sub = isNothing(subText) || unmappable.test(subText)
    ? undefined
    : readSubTechniques(subText, cell.techniques, row, reader, columns.lookup(row, reader))
  if (sub?.ownCell !== undefined) {
    const own = columns.read(sub.ownCell, row, byRole.get('subtechnique') ?? 0, reader)
    return own.broken.length > 0 ? reportUnreadable(sub.ownCell, own, row, reader) : addNames(own.techniques, column, row, reader, columns)
  }
  const found = sub?.techniques ?? cell.techniques
  return found.length === 0 ? readCellWithoutId(text, cell, row, reader, columns) : addNames(found, column, row, reader, columns)
}

/** Adds the names of their own column: as many as there are techniques, separated in the same way. */
function addNames(
  found: readonly CellTechnique[], column: number, row: number, reader: SheetReader, columns: TechniqueColumns,
): Targets {
  const text = reader.line(row, 'techniqueName')
  const lookup = columns.lookup(row, reader)
  const [first] = found
  const parents = new Set(found.map(({ id }) => parentOf(id) ?? id))
  const isOfParent = text !== undefined && first !== undefined && parents.size === 1 && (found.length > 1 || first.id.includes('.'))
    && Array.from(parents).some((id) => lookup?.names(id).some((name) => foldName(name) === foldName(text)))
    && lookup?.names(first.id).some((name) => foldName(name) === foldName(text)) === false
  const names = text === undefined || isOfParent || isNothing(text) ? [] : pairNames(text, found.length, row, reader)
  return {
    techniques: found.map(({ id, name }, index) => ({ technique: { id, ...stated({ name: names[index] ?? name }) }, column })),
    unmappable: false,
  }
}

function pairNames(text: string, count: number, row: number, reader: SheetReader): readonly string[] {
  if (count === 1) return [text]
  const raw = reader.raw(row, 'techniqueName')
  const lists = [/[;|\n]/, /,/].map((separator) => raw.split(separator).map((name) => name.replaceAll(/\s+/g, ' ').trim()).filter((name) => name !== ''))
  const names = lists.find(({ length }) => length === count)
  if (names) return names
  reader.count('parse/unpaired-name', 'techniqueName', row, 'techniqueName', {
    message: `The names beside several technique ids are not as many and were not read`,
    found: `"${shortenText(text, 60)}" beside ${count} ids`,
    hint: "Nothing needs to be done for ATT&CK's own names: they are looked up. Otherwise write as many names as ids.",
  })
  return []
}

function readRelationColumns(row: number, reader: SheetReader, columns: TechniqueColumns): Targets {
  const cells = reader.sheet.rows[row] ?? []
  const techniques = reader.columns.relations.flatMap(({ column, relation }) => {
    const text = rawCell(cells, column)
    const cell = columns.read(text, row, column, reader)
    const isEmpty = cell.techniques.length === 0 && !isNothing(text)
    if (!isEmpty && cell.broken.length === 0) return cell.techniques.map((technique) => ({ technique, relation, column }))
    const subject = `${relation} ${text.slice(0, 40)}`
    reader.count('parse/unknown-value', subject, row, 'capability', {
      origin: reader.originOf(row, column), found: shortenText(text, 200), expected: idsExpected,
    })
    return []
  })
  return { techniques, unmappable: false }
}

/** A technique cell without a valid id: blank, "n/a", "not mappable", a name with a hyperlink to a technique, or anything else. */
function readCellWithoutId(
  raw: string, cell: TechniqueCell, row: number, reader: SheetReader, columns: TechniqueColumns,
): Targets | 'unreadable' {
  const text = raw.trim()
  const column = reader.columns.byRole.get('technique') ?? 0
  const link = reader.sheet.link(row, column)
  const linked = link?.includes('attack.mitre.org/techniques/') === true ? columns.read(link, row, column, reader).techniques[0] : undefined
  if (linked && text !== '') return { techniques: [{ technique: { id: linked.id, name: text }, column }], unmappable: false }
  if (isNothing(text)) {
    if (reader.line(row, 'techniqueName') !== undefined && !isNothing(reader.raw(row, 'techniqueName'))) {
      reader.count('parse/name-without-id', 'techniqueName', row, 'techniqueName')
    }
    return { techniques: [], unmappable: false }
  }
  if (unmappable.test(text)) return { techniques: [], unmappable: true }
  return reportUnreadable(text, cell, row, reader)
}

function reportUnreadable(text: string, { broken, techniques }: TechniqueCell, row: number, reader: SheetReader): 'unreadable' {
  const matrix = techniques.length > 0 || broken.length > 0 ? undefined : otherMatrices.find(([pattern]) => pattern.test(text))?.[1]
  if (matrix !== undefined) {
    reader.count('parse/other-matrix', matrix, row, 'technique', {
      message: `A row names a technique of ${matrix}, not of ATT&CK, and was left out`, found: shortenText(text.trim(), 200), expected: idsExpected,
    })
    return 'unreadable'
  }
  const other = techniques.length > 0 || broken.length > 0 ? undefined : otherObjects.find(([pattern]) => pattern.test(text))?.[1]
  const [first] = broken
  const flaw = first === undefined
    ? 'has no technique id'
    : /^T\d{3,}[\d./\\_-]*$/i.test(first)
      ? 'has a malformed technique id'
      : `has "${shortenText(first, 60)}" in its technique cell, which stands for no technique,`
  reader.report('parse/unreadable-row', row, 'technique', {
    message: `A row ${other === undefined ? flaw : `names ${other} instead of a technique`} and was left out`,
    found: shortenText(text.trim(), 200),
    expected: idsExpected,
  })
  return 'unreadable'
}
