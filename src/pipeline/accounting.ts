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
  readonly seen: (rows: Iterable<SeenRow>) => void
  /**
   * Reports `parse/unaccounted` if a row neither has a mapping nor is named by a report that leaves it out: a fault of Crosswalk.
   * docs/decisions/0016 says what counts.
   */
  check(sets: readonly MappingSet[]): void
}

/** Opens the account of a document. Rows are compared by place, not by number: a row may make several mappings, and several one. */
export function openAccount(document: string, report: Report): Accounting {
  const seen: Iterable<SeenRow>[] = []
  const leftOut: Place[] = []
  return {
    report(code, details) {
      if (leavesOut(code)) for (const place of placesOf(document, details)) leftOut.push(place)
      report(code, details)
    },
    seen: (found) => void seen.push(found),
    check(sets) {
      const missing = findMissing(joinRows(seen), document, sets, leftOut)
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

/** Rows of several lists; not copied, as there may be millions. */
function joinRows(lists: readonly Iterable<SeenRow>[]): Iterable<SeenRow> {
  return {
    * [Symbol.iterator]() {
      for (const list of lists) yield* list
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

/**
 * The rows without a mapping or report. Nearly all rows are at the place of one; only if some are not, are the rows found that contain a
 * place or are contained in one.
 */
function findMissing(
  seen: Iterable<SeenRow>, document: string, sets: readonly MappingSet[], leftOut: readonly Place[],
): readonly SeenRow[] {
  if (leftOut.some(({ kind }) => kind === 'file') || areInOrder()) return []
  const rows = [...seen]
  const missing = new Map<string, SeenRow>()
  for (const row of rows) missing.set(keyOf(row.place), row)
  eachAccounted((place) => missing.delete(keyOf(place)))
  if (missing.size === 0) return []

  const texts = rows.flatMap((row) => (row.place.kind === 'text' ? [{ row, ...row.place, end: row.end }] : [])).toSorted(comparePositions)
  eachAccounted((place) => {
    if (place.kind === 'pointer') {
      for (const area of areasOf(place.pointer)) missing.delete(area)
    } else if (place.kind === 'text') {
      const row = findText(texts, place)
      if (row) missing.delete(keyOf(row.place))
    }
  })
  // What is refused as a whole is refused with all that is in it.
  const refused = new Set(leftOut.flatMap((place) => (place.kind === 'pointer' ? [place.pointer] : [])))
  return [...missing.values()].filter(({ place }) => !(place.kind === 'pointer' && isWithin(place.pointer, refused)))

  /** Most documents are read in order, row by row, but for rows that are left out: then nothing has to be looked up, or kept. */
  function areInOrder(): boolean {
    const out = new Set(leftOut.flatMap((place) => (place.kind === 'pointer' ? [...areasOf(place.pointer)] : [])))
    const remaining = seen[Symbol.iterator]()
    let isOrdered = true
    let row: SeenRow | undefined
    let after = nextRow()
    advance()
    eachAccounted((place) => {
      if (place.kind === 'pointer') skipLeftOut(place.pointer)
      if (row && isOf(row, place, after)) advance()
    })
    skipLeftOut(undefined)
    return isOrdered && row === undefined

    function advance(): void {
      row = after
      after = nextRow()
      if (row?.place.kind === 'text' && after?.place.kind === 'text' && comparePositions(row.place, after.place) > 0) isOrdered = false
    }

    function skipLeftOut(pointer: string | undefined): void {
      while (row?.place.kind === 'pointer' && row.place.pointer !== pointer && out.has(row.place.pointer)) advance()
    }

    function nextRow(): SeenRow | undefined {
      const { done, value } = remaining.next()
      return done === true ? undefined : value
    }
  }

  function eachAccounted(visit: (place: Place) => void): void {
    for (const { mappings } of sets) {
      for (const { origins } of mappings) for (const origin of origins) if (origin.document === document) visit(origin.place)
    }
    leftOut.forEach(visit)
  }
}

function isWithin(pointer: string, areas: ReadonlySet<string>): boolean {
  for (const area of areasOf(pointer)) if (areas.has(area)) return true
  return false
}

/** A pointer, and those of all that contains its value. */
function* areasOf(pointer: string): Iterable<string> {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) yield at
  yield ''
}

/** A key of a row's place: its pointer, sheet and row, or line and column. */
function keyOf(place: Place): string {
  if (place.kind === 'pointer') return place.pointer
  if (place.kind === 'cell') return `${place.sheet}!${/\d+$/.exec(place.cell)?.[0] ?? ''}`
  return place.kind === 'text' ? `:${place.line}:${place.column}` : ''
}

/** Whether a place is that of a row, or in it: at or behind the beginning of a row of text, and before the next. */
function isOf({ place: own, end }: SeenRow, place: Place, after: SeenRow | undefined): boolean {
  if (own.kind !== 'text') return own.kind === place.kind && keyOf(own) === keyOf(place)
  if (place.kind !== 'text' || comparePositions(own, place) > 0 || (end && comparePositions(place, end) >= 0)) return false
  return after?.place.kind !== 'text' || comparePositions(place, after.place) < 0
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
