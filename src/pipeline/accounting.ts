import { catalogue, type Code } from '../diagnostics/catalogue.js'
import type { CatalogueEntry } from '../diagnostics/catalogue/entry.js'
import type { DiagnosticDetails, Report } from '../diagnostics/diagnostic.js'
import type { Position } from '../formats/places.js'
import type { SeenRow } from '../formats/rows.js'
import type { MappingSet } from '../model/mapping-set.js'
import { describeOrigin, type Place } from '../model/origin.js'

/** The account of one document: the rows that its container has, compared with what became of them. */
export interface Accounting {
  /** Reports, and notes the rows that a report says were left out. */
  readonly report: Report
  /** Notes rows that the container has. */
  readonly seen: (rows: readonly SeenRow[]) => void
  /**
   * Reports `parse/unaccounted` if a row neither has a mapping nor is named by a report that leaves it out: a fault of Crosswalk.
   * docs/decisions/0016 says what counts.
   */
  check(sets: readonly MappingSet[]): void
}

/** Opens the account of a document. Rows are compared by place, not by number: a row may make several mappings, and several one. */
export function openAccount(document: string, report: Report): Accounting {
  const rows: SeenRow[] = []
  const leftOut: Place[] = []
  return {
    report(code, details) {
      if (leavesOut(code)) for (const place of placesOf(document, details)) leftOut.push(place)
      report(code, details)
    },
    seen: (found) => {
      for (const row of found) rows.push(row)
    },
    check(sets) {
      const missing = findMissing(rows, document, sets, leftOut)
      const [first] = missing
      if (!first) return
      report('parse/unaccounted', {
        origin: { document, place: first.place },
        count: missing.length,
        found: listPlaces(document, missing),
        expected: 'a mapping of each row, or a message about it',
      })
    },
  }
}

/** Rows that a message names. */
const MOST_NAMED = 5

function listPlaces(document: string, rows: readonly SeenRow[]): string {
  const named = rows.slice(0, MOST_NAMED).map(({ place }) => describeOrigin({ document, place }))
  return `${named.join(', ')}${rows.length > MOST_NAMED ? ` and ${rows.length - MOST_NAMED} more` : ''}`
}

function leavesOut(code: Code): boolean {
  const entry: CatalogueEntry = catalogue[code]
  return entry.leavesOut === true
}

function placesOf(document: string, { origin, rows = [] }: DiagnosticDetails = {}): readonly Place[] {
  return origin?.document === document ? [origin.place, ...rows] : rows
}

function findMissing(
  rows: readonly SeenRow[], document: string, sets: readonly MappingSet[], leftOut: readonly Place[],
): readonly SeenRow[] {
  if (rows.length === 0 || leftOut.some(({ kind }) => kind === 'file')) return []
  const found = new Set<SeenRow>()
  const index = indexRows(rows)
  for (const { mappings } of sets) {
    for (const { origins } of mappings) {
      for (const origin of origins) if (origin.document === document) index.mark(origin.place, found)
    }
  }
  for (const place of leftOut) index.mark(place, found)
  if (found.size === index.size) return []
  // What is refused as a whole is refused with all that is in it.
  const refused = new Set(leftOut.flatMap((place) => (place.kind === 'pointer' ? [place.pointer] : [])))
  return index.rows.filter((row) => !found.has(row) && !(row.place.kind === 'pointer' && isWithin(row.place.pointer, refused)))
}

function isWithin(pointer: string, areas: ReadonlySet<string>): boolean {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (areas.has(at)) return true
  return areas.has('')
}

interface RowIndex {
  /** Each row once, in the order in which they were seen. */
  readonly rows: readonly SeenRow[]
  readonly size: number
  /** Adds the rows that a place is in. */
  mark(place: Place, found: Set<SeenRow>): void
}

function indexRows(rows: readonly SeenRow[]): RowIndex {
  const byKey = new Map<string, SeenRow>()
  for (const row of rows) {
    const key = keyOf(row.place)
    if (!byKey.has(key)) byKey.set(key, row)
  }
  const unique = [...byKey.values()]
  const texts = unique.flatMap((row) => (row.place.kind === 'text' ? [{ row, ...row.place, end: row.end }] : [])).toSorted(comparePositions)
  return {
    rows: unique,
    size: unique.length,
    mark(place, found) {
      if (place.kind === 'text') {
        const row = findText(texts, place)
        if (row) found.add(row)
      } else if (place.kind === 'pointer') {
        for (let at = place.pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
          const row = byKey.get(at)
          if (row) found.add(row)
          if (at === '') return
        }
      } else if (place.kind === 'cell') {
        const row = byKey.get(keyOf(place))
        if (row) found.add(row)
      }
    },
  }
}

/** A key of a row's place: its pointer, sheet and row, or line and column. */
function keyOf(place: Place): string {
  if (place.kind === 'pointer') return place.pointer
  if (place.kind === 'cell') return `${place.sheet}!${/\d+$/.exec(place.cell)?.[0] ?? ''}`
  return place.kind === 'text' ? `:${place.line}:${place.column}` : ''
}

interface TextRow extends Position {
  readonly row: SeenRow
  readonly end: Position | undefined
}

/** The last row that begins at or before a position, unless it ends before it. */
function findText(rows: readonly TextRow[], position: Position): SeenRow | undefined {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row && comparePositions(row, position) <= 0) low = middle + 1
    else high = middle
  }
  const last = rows[low - 1]
  return last && (!last.end || comparePositions(position, last.end) < 0) ? last.row : undefined
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column
}
