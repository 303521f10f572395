import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { CapabilityRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { foldSpace, shortenText } from '../../model/text.js'
import { hasKnownForm, type IdEntry, looksLikeList, readIds } from './capability-ids.js'
import { isEmptyList, nameCell, rawCell } from './cells.js'

/** The cells of a sheet that contain capabilities, read column by column. */
export interface CapabilityColumns {
  read(row: number, column: number): readonly CapabilityRef[]
  /** Reports cells that look like lists and were not split: once for a column, with its first cells. */
  report(): void
}

/** Cells that a message quotes. */
const QUOTED = 3

/** Creates the reader. `header`: the row of titles; the cells below it show whether a column contains ids or words. */
export function createCapabilityColumns(
  sheet: TableSheet, header: number, separator: string | undefined, document: string, report: Report,
): CapabilityColumns {
  const readers = new Map<number, ReadCapabilities>()
  /** Ids in small letters, and the cells that have them: a cell is read again for each technique beside it. */
  const raised = new Map<string, Map<string, Place>>()
  const doubts = new Map<number, Map<number, string>>()
  const readerOf = (column: number): ReadCapabilities => {
    const ready = readers.get(column)
    if (ready) return ready
    const created = createCapabilityReader(sheet.rows.slice(header + 1).map((row) => rawCell(row, column)), separator)
    readers.set(column, created)
    return created
  }
  return {
    read(row, column) {
      const text = rawCell(sheet.rows[row], column)
      const { capabilities, isDoubtful, raised: ids = [] } = readerOf(column)(text)
      for (const id of ids) {
        raised.set(id, (raised.get(id) ?? new Map<string, Place>()).set(`${row} ${column}`, sheet.place(row, column)))
      }
      if (isDoubtful) doubts.set(column, (doubts.get(column) ?? new Map<number, string>()).set(row, text))
      return capabilities
    },
    report() {
      for (const [column, cells] of doubts) {
        const [[first] = [0]] = cells
        const found = Array.from(cells).slice(0, QUOTED).map(([row, text]) => (
          `${nameCell(sheet.place(row, column))} "${shortenText(foldSpace(text), 60)}"`
        ))
        report('parse/list-in-cell', {
          origin: { document, place: sheet.place(first, column) },
          found: `${found.join(', ')}${cells.size > QUOTED ? ', …' : ''}`,
          hint: hintFor(Array.from(cells.values()), sheet.rows.slice(header + 1).map((row) => rawCell(row, column))),
          count: cells.size,
        })
      }
      const [place] = Array.from(raised.values()).flatMap((cells) => [...cells.values()])
      if (place) {
        const ids = [...raised.keys()]
        report('normalise/capability-id', {
          message: 'Ids of capabilities in small letters were written in capitals, as their framework does',
          origin: { document, place },
          found: `${ids.slice(0, QUOTED).join(', ')}${ids.length > QUOTED ? ', …' : ''}`,
          count: Array.from(raised.values()).reduce((sum, cells) => sum + cells.size, 0),
          hint: 'Nothing needs to be done.',
        })
      }
    },
  }
}

/** Separators of lists, and how they are written for a shell. */
const separators: readonly (readonly [string, string])[] = [
  ['|', '|'], [';', ';'], ['\n', String.raw`\n`], [',', ','], [' / ', ' / '], ['/', '/'], [' & ', ' & '], [' + ', ' + '], [' and ', ' and '],
]

/**
 * Proposes the separator that splits most of the doubtful cells. Each is tried on the column: one that cuts an id, or a cell that is read
 * whole without it, is not proposed.
 */
function hintFor(doubtful: readonly string[], cells: readonly string[]): string {
  const inDoubt = new Set(doubtful)
  const plain = createCapabilityReader(cells)
  const others = [...new Set(cells)].filter((text) => !inDoubt.has(text))
  // In a column of ids, a part that is none ("AC-10, -11") is not one that a separator should make.
  const isOfIds = others.length > 0 && others.filter((text) => readIds(text) !== undefined).length >= others.length * SHARE_OF_IDS
  const isPart = (part: string): boolean => isBalanced(part) && !/^\s*[([]/.test(part) && (!isOfIds || part.trim() === '' || readIds(part) !== undefined)
  const tried = separators.map(([separator, written]) => {
    const split = createCapabilityReader(cells, separator)
    const isHarmless = others.every((text) => !text.includes(separator) || sameIds(split(text), plain(text)))
    const isGood = isHarmless && doubtful.every((text) => !text.includes(separator) || text.split(separator).every(isPart))
    return { written, count: isGood ? doubtful.filter((text) => split(text).capabilities.length > 1).length : 0 }
  })
  const [best] = tried.toSorted((a, b) => b.count - a.count)
  return best && best.count > 0
    ? `If it is a list, add --split capability="${best.written}".`
    : 'Write each id, separated by semicolons, or a row for each capability.'
}

function sameIds(one: CapabilityCell, other: CapabilityCell): boolean {
  return one.capabilities.map(({ id }) => id).join('\n') === other.capabilities.map(({ id }) => id).join('\n')
}

/** Whether a part has each of its brackets and quotes twice: "AC-2(1" and "3)" are no ids. */
function isBalanced(part: string): boolean {
  let depth = 0
  if (part.split('"').length % 2 === 0) return false
  for (const character of part) {
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character) && (depth -= 1) < 0) return false
  }
  return depth === 0
}

/** The capabilities of a cell. `isDoubtful`: it looks like a list, and was not split. */
interface CapabilityCell {
  readonly capabilities: readonly CapabilityRef[]
  readonly isDoubtful: boolean
  /** Ids in small letters that were written in capitals. */
  readonly raised?: readonly string[]
}

/** Reads the cells of one column. */
type ReadCapabilities = (text: string) => CapabilityCell

/**
 * Creates the reader of a column of capabilities. Whether its cells are ids, alone or in lists ("AC-2; AC-3"), is decided over the
 * whole column: in a column of sentences no cell is split, and none loses a word. `separator`: what separates capabilities, as the
 * user states it; cells are split at it whatever they contain.
 */
export function createCapabilityReader(cells: readonly string[], separator?: string): ReadCapabilities {
  const split = (text: string): readonly string[] => {
    const parts = readListLiteral(text) ?? (separator === undefined ? [text] : text.split(separator))
    return parts.map((part) => part.trim()).filter((part) => part !== '' && !isEmptyList(part))
  }
  const column = examineColumn(cells.flatMap(split))
  const known = new Map<string, CapabilityCell>()
  return (text) => {
    const ready = known.get(text)
    if (ready) return ready
    const parts = split(text).map((part) => readPart(part, column))
    const cell = {
      capabilities: withoutRepeats(parts.flatMap((part) => part.capabilities)),
      isDoubtful: parts.some((part) => part.isDoubtful),
      raised: parts.flatMap((part) => part.raised ?? []),
    }
    known.set(text, cell)
    return cell
  }
}

/** The texts of a list as Python and JSON print it: `['mfa', 'vpn']`. Undefined for other texts. */
function readListLiteral(text: string): readonly string[] | undefined {
  const inner = /^\[\s*(["'])([^]*)\1\s*\]$/.exec(text.trim())
  return inner?.[2] === undefined ? undefined : inner[2].split(/["']\s*,\s*["']/)
}

interface Column {
  /** The ids of a text; undefined if it is not a text of ids, or if the column is not one of ids. */
  readonly idsOf: (text: string) => readonly IdEntry[] | undefined
  /** Forms of the column's ids. */
  readonly shapes: ReadonlySet<string>
  /** Cells as they are, on one line. */
  readonly wholes: ReadonlySet<string>
}

/** The share of a column's cells that must be texts of ids. */
const SHARE_OF_IDS = 0.5

/** Different ids of one form without which words after an id are not taken for its name. */
const FEWEST_NAMED = 3

function examineColumn(texts: readonly string[]): Column {
  const parsed = new Map<string, readonly IdEntry[] | undefined>()
  for (const text of texts) if (!parsed.has(text)) parsed.set(text, readIds(text))
  const named = namedShapes(texts, parsed)
  const understood = (text: string): readonly IdEntry[] | undefined => {
    const entries = parsed.has(text) ? parsed.get(text) : readIds(text)
    return entries?.every((entry) => entry.name === undefined || hasKnownForm(entry) || named.has(entry.shape)) === true ? entries : undefined
  }
  const count = texts.filter((text) => understood(text) !== undefined).length
  const isOfIds = count > 0 && count >= texts.length * SHARE_OF_IDS
  const entries = isOfIds ? Array.from(parsed.keys()).flatMap((text) => understood(text) ?? []) : []
  return {
    idsOf: isOfIds ? understood : () => undefined,
    shapes: new Set(entries.map(({ shape }) => shape)),
    wholes: new Set(Array.from(parsed.keys(), foldSpace)),
  }
}

/**
 * Forms whose ids may have a name after them: the form has punctuation ("CTRL-001", "4.1"), most cells begin with an id of it, and no
 * id has two names. "S3 policy" and "RULE-7 alert" beside "RULE-7 block" are names as a whole.
 */
function namedShapes(
  texts: readonly string[], parsed: ReadonlyMap<string, readonly IdEntry[] | undefined>,
): ReadonlySet<string> {
  const shapes = new Map<string, { cells: number; readonly names: Map<string, string>; isFirm: boolean }>()
  for (const text of texts) {
    const entries = parsed.get(text) ?? []
    for (const shape of new Set(entries.map((entry) => entry.shape))) {
      const known = shapes.get(shape) ?? { cells: 0, names: new Map<string, string>(), isFirm: /[.-]\w*9$/.test(shape) && !/[a_]/.test(shape) }
      known.cells += 1
      shapes.set(shape, known)
    }
    for (const { id, shape, name } of entries) {
      const known = shapes.get(shape)
      if (!known || name === undefined) continue
      if ((known.names.get(id) ?? name) !== name) known.isFirm = false
      known.names.set(id, name)
    }
  }
  return new Set(Array.from(shapes)
    .filter(([, { cells, names, isFirm }]) => isFirm && names.size >= FEWEST_NAMED && cells >= texts.length * SHARE_OF_IDS)
    .map(([shape]) => shape))
}

function readPart(text: string, column: Column): CapabilityCell {
  const entries = column.idsOf(text)
  if (!entries) return { capabilities: [{ id: foldSpace(text) }], isDoubtful: looksLikeList(text, column.shapes, column.wholes) }
  return {
    capabilities: entries.map(({ id, name }) => (name === undefined ? { id } : { id, description: name })),
    isDoubtful: false,
    raised: entries.flatMap(({ written }) => written ?? []),
  }
}

function withoutRepeats(capabilities: readonly CapabilityRef[]): readonly CapabilityRef[] {
  const byId = new Map<string, CapabilityRef>()
  for (const capability of capabilities) {
    const before = byId.get(capability.id)
    if (before?.description === undefined) byId.set(capability.id, capability)
  }
  return [...byId.values()]
}
