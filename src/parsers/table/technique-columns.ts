import { type AttackIndex, parentOf } from '../../attack/attack-index.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { shortenText } from '../../model/text.js'
import { readDomain } from '../../model/vocabulary.js'
import type { CellCounts } from '../parser.js'
import { type CellTechnique, readTechniqueCell, type TechniqueCell } from '../reading/technique-cell.js'
import { createTechniqueLookup, type StatedRelease, type TechniqueLookup } from '../reading/technique-lookup.js'
import type { SheetReader } from './sheet-reader.js'

/** The cells of a sheet that contain techniques. */
export interface TechniqueColumns {
  /** Reads a cell, and reports the parts that are not techniques. */
  read(text: string, row: number, column: number, reader: SheetReader): TechniqueCell
  /** What cells of a row are compared with; undefined if no ATT&CK data is loaded. */
  lookup(row: number, reader: SheetReader): TechniqueLookup | undefined
  readonly counts: ReadonlyMap<number, CellCounts>
}

/** Creates the reader. `release`: what the document or the user states; a row's own cells take precedence. */
export function createTechniqueColumns(attack: AttackIndex | undefined, release: StatedRelease): TechniqueColumns {
  const lookups = new Map<string, TechniqueLookup>()
  const counts = new Map<number, CellCounts>()
  // Rows are read one after the other, each perhaps in several ways.
  let counted = { row: -1, columns: new Set<number>() }
  const readings = new Map<TechniqueLookup | undefined, Map<string, TechniqueCell>>()

  /** Most cells of a table have one of some hundred texts. */
  function readCell(text: string, looked: TechniqueLookup | undefined): TechniqueCell {
    const known = readings.get(looked) ?? new Map<string, TechniqueCell>()
    const cell = known.get(text) ?? readTechniqueCell(text, looked)
    readings.set(looked, known)
    if (known.size < mostReadings) known.set(text, cell)
    return cell
  }

  function lookup(row: number, reader: SheetReader): TechniqueLookup | undefined {
    if (!attack) return undefined
    const written = reader.raw(row, 'domain').trim()
    const version = reader.raw(row, 'attackVersion').trim()
    const own = stated({ version: version === '' ? undefined : version, domain: written === '' ? undefined : readDomain(written) })
    const wanted = { ...release, ...own }
    const key = `${wanted.version} ${wanted.domain}`
    const known = lookups.get(key) ?? createTechniqueLookup(attack, wanted)
    lookups.set(key, known)
    return known
  }

  return {
    counts,
    lookup,
    read(text, row, column, reader) {
      const cell = readCell(text, lookup(row, reader))
      if (text.trim() === '') return cell
      if (counted.row !== row) counted = { row, columns: new Set() }
      if (!counted.columns.has(column)) {
        counted.columns.add(column)
        counts.set(column, addCount(counts.get(column), kindOf(cell)))
      }
      reportCell(cell, text, row, column, reader)
      return cell
    },
  }
}

/** Texts of cells whose readings are kept. */
const mostReadings = 10_000

const noCounts: CellCounts = { whole: 0, split: 0, expanded: 0, left: 0, unread: 0 }

function addCount(counts: CellCounts = noCounts, kind: keyof CellCounts): CellCounts {
  return { ...counts, [kind]: counts[kind] + 1 }
}

function kindOf({ techniques, broken, rest, isWrittenOut }: TechniqueCell): keyof CellCounts {
  if (techniques.length === 0 || broken.length > 0) return 'unread'
  if (rest.length > 0) return 'left'
  if (isWrittenOut) return 'expanded'
  return techniques.length > 1 ? 'split' : 'whole'
}

/** Reports a cell that names techniques and more; cells without valid techniques are their reader's. */
function reportCell(cell: TechniqueCell, text: string, row: number, column: number, reader: SheetReader): void {
  const { techniques, broken, rest, aside, expanded, hadInvisible } = cell
  if (techniques.length === 0 || broken.length > 0) return
  const origin = reader.originOf(row, column)
  const found = shortenText(text.trim(), 200)
  if (hadInvisible) reader.count('normalise/whitespace', `invisible ${column}`, row, 'technique', { origin, found: 'characters without width' })
  if (rest.length > 0) {
    const ids = techniques.map(({ id }) => id)
    reader.count('parse/cell-not-understood', text, row, 'technique', {
      origin,
      message: `${quote(rest)} in a technique cell ${rest.length === 1 ? 'was' : 'were'} not understood; ${list(ids)} ${ids.length === 1 ? 'was' : 'were'} read`,
      found,
      expected: 'technique ids, with or without their names',
    })
  }
  if (aside.length > 0) {
    reader.count('parse/beside-techniques', String(column), row, 'technique', { origin, found: quote(aside) })
  }
  for (const { written, ids, release } of expanded) {
    reader.count('parse/techniques-expanded', `${written} ${release}`, row, 'technique', {
      origin,
      message: `${shortenText(written, 60)} was written out to ${ids.length} ${ids.length === 1 ? 'technique' : 'techniques'}${release === '' ? '' : ` of ${release}`}`,
      found: list(ids),
    })
  }
}

const MOST_QUOTED = 8

function quote(texts: readonly string[]): string {
  return list(texts.map((text) => `"${shortenText(text, 60)}"`))
}

function list(texts: readonly string[]): string {
  return texts.length > MOST_QUOTED ? `${texts.slice(0, MOST_QUOTED).join(', ')}, …` : texts.join(', ')
}

/** What a column of sub-techniques says of the techniques beside it. */
interface SubTechniqueReading {
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
    const numbers = lookup && padNumbers(text, only, lookup)
    const { techniques, rest, broken } = readTechniqueCell(`${only} ${numbers ?? text}`, lookup)
    if (broken.length === 0 && rest.length === 0 && techniques.every(({ id }) => id.includes('.'))) return { techniques }
  }
  return readNames(text, parents, ids, row, reader, lookup)
}

/** "1" and "1, 2" as a spreadsheet leaves "001, 002", if the technique has these sub-techniques: ".001 .002". */
function padNumbers(text: string, parent: string, lookup: TechniqueLookup): string | undefined {
  if (!/^\s*\d{1,3}(?:\.0)?(?:\s*[,;/|&]\s*\d{1,3}|\s+\d{1,3})*\s*$/.test(text)) return undefined
  const numbers = Array.from(text.replace('.0', '').matchAll(/\d+/g), ([digits]) => digits.padStart(3, '0'))
  const known = lookup.subTechniques(parent)?.ids ?? []
  return numbers.every((digits) => known.includes(`${parent}.${digits}`)) ? numbers.map((digits) => `.${digits}`).join(' ') : undefined
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
  const without = parents.filter((parent) => !found.some(({ id }) => parentOf(id) === (parentOf(parent.id) ?? parent.id)))
  const unknown = parts.filter((part) => find(part).length === 0)
  for (const name of unknown) reportUnknown(name, ids, without.map(({ id }) => id), row, reader, lookup)
  for (const { id } of found) {
    const others = parents.filter((parent) => parent.id.includes('.') && parent.id !== id && parentOf(parent.id) === parentOf(id))
    if (others.length === 0) continue
    reader.count('parse/unknown-sub-technique', whole, row, 'subtechnique', {
      message: `"${shortenText(whole, 60)}" is the name of ${id}, not of ${list(others.map((other) => other.id))}, which ${others.length === 1 ? 'was' : 'were'} used`,
      found: whole,
    })
    return { techniques: parents }
  }
  return { techniques: [...found, ...without] }
}

function splitNames(text: string, separator: RegExp): readonly string[] {
  return text.split(separator).map((name) => name.replaceAll(/\s+/g, ' ').trim()).filter((name) => name !== '')
}

/** Reports a name that no sub-technique of `parents` has. `used`: what is mapped all the same. */
function reportUnknown(
  name: string, parents: readonly string[], used: readonly string[], row: number, reader: SheetReader, lookup: TechniqueLookup | undefined,
): void {
  const [parent = ''] = parents
  const near = lookup?.nearestSubTechnique(parent, name)
  const consequence = used.length === 0
    ? ' and was not read'
    : `${list(used) === list(parents) ? ', which' : `, of which ${list(used)}`} ${used.length === 1 ? 'was' : 'were'} used`
  reader.count('parse/unknown-sub-technique', `${parent} ${name}`, row, 'subtechnique', {
    message: `"${shortenText(name, 60)}" is not the name of a sub-technique of ${parents.join(' or ')}${consequence}`,
    found: shortenText(name, 200),
    expected: describeSubTechniques(parents, lookup),
    ...(near && { hint: `Is it ${near.name} (${near.id})?` }),
  })
}

function describeSubTechniques([parent = '', ...others]: readonly string[], lookup: TechniqueLookup | undefined): string {
  if (others.length > 0) return 'the name or id of a sub-technique of one of them'
  const known = lookup?.subTechniques(parent)
  return known && known.ids.length > 0 ? `the name or id of one of ${known.ids.length} sub-techniques of ${known.release}` : 'no sub-technique'
}
