import type { TableSheet } from '../../formats/decoded.js'
import type { CapabilityRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { AskedColumn } from './asked-columns.js'
import { findAttackRelationships } from './attack-layout.js'
import { type TechniqueNamed, wholeTechnique } from './column-views.js'
import { findHeader, type Header, SAMPLED_ROWS } from './find-header.js'
import { findMatrix, type Remark } from './matrix-layout.js'
import { isCross } from './matrix-marks.js'
import type { Targets } from './read-targets.js'
import type { SheetReader } from './sheet-reader.js'
import { rawCell, trimmedCell } from './cells.js'

/** Columns that identify a table of Crosswalk's, by their exact titles: in CSV, and in words in workbooks. */
const identifying = [['capability_id', 'attack_object_id', 'mapping_id'], ['Capability ID', 'Technique ID', 'Mapping ID']]

/** The ids of Crosswalk's rows: UUIDs of version 5 (RFC 9562, section 5.5). */
const rowId = /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Whether Crosswalk wrote a table: it has the titles that Crosswalk writes, and the first row has an id of Crosswalk's. */
export function isOwnTable({ rows }: TableSheet, { row, columns }: Header): boolean {
  const titles = rows[row] ?? []
  const column = columns.byRole.get('id')
  if (column === undefined || !identifying.some((names) => names.every((name) => titles.includes(name)))) return false
  const first = rows.slice(row + 1).find((cells) => trimmedCell(cells, column) !== '')
  return rowId.test(rawCell(first, column))
}

/** Whether Crosswalk wrote a row. Rows that people add to its tables have no such id, and are read as people's. */
export function isOwnRow(row: number, reader: SheetReader): boolean {
  return rowId.test(reader.line(row, 'id') ?? '')
}

/** The technique of a row that Crosswalk wrote, whatever its id looks like; undefined if someone made a list of it. */
export function readOwnTargets(row: number, reader: SheetReader): Targets | undefined {
  const id = reader.line(row, 'technique')
  if (id === undefined) return { techniques: [], unmappable: false }
  const parts = reader.raw(row, 'technique').split(/[,;|\n]/)
  if (parts.length > 1 && parts.every((part) => wholeTechnique.test(part.trim()))) return undefined
  const technique = { id, ...stated({ name: reader.line(row, 'techniqueName') }) }
  return { techniques: [{ technique, column: reader.columns.byRole.get('technique') ?? 0 }], unmappable: false }
}

/** The capability of a row that Crosswalk wrote: one for each cell, whatever its id looks like. */
export function readOwnCapability(row: number, reader: SheetReader): readonly CapabilityRef[] {
  const id = reader.line(row, 'capability')
  return id === undefined ? [] : [{ id, ...stated({ description: reader.line(row, 'name') }) }]
}

/** The references in a cell that Crosswalk wrote: one per line, as they are. */
export function readOwnReferences(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** A table of mappings on a sheet. */
export interface FoundTable {
  readonly source: TableSheet
  /** The sheet with one row for each mapping: another one if the layout of `source` is none of rows. */
  readonly sheet: TableSheet
  readonly header: Header
  /** The last row of titles in `source`; -1 if it has none. */
  readonly titles: number
  /** Diagnostics about the layout. */
  readonly remarks: readonly Remark[]
  /** What tells the names of techniques, with which the table was found. */
  readonly isName?: TechniqueNamed
}

/**
 * Finds the table of mappings on a sheet: ATT&CK's own relationships, a table with titles, a matrix. Columns that the user names
 * always mean a table with a mapping in a row.
 */
export function findTable(source: TableSheet, asked: readonly AskedColumn[], isName?: TechniqueNamed): FoundTable | undefined {
  const relationships = asked.length > 0 ? undefined : findAttackRelationships(source)
  if (relationships) return { source, ...relationships }
  const header = findHeader(source, asked, isName)
  const plain = header && { source, sheet: source, header, titles: header.row, remarks: [], ...(isName && { isName }) }
  if (header && (asked.length > 0 || !containsMarks(source, header))) return plain
  const matrix = asked.length > 0 ? undefined : findMatrix(source)
  return matrix ? { source, ...matrix } : plain
}

/** Whether the capabilities of a table are crosses: it is a matrix whose titles look like fields ("Control 1", "Control 2"). */
function containsMarks({ rows }: TableSheet, { row, columns }: Header): boolean {
  const own = new Set(columns.views.map((view) => view.get('capability')))
  if (own.size < 2) return false
  const cells = rows.slice(row + 1, row + 1 + SAMPLED_ROWS).flatMap((cell) => (
    Array.from(own, (column) => trimmedCell(cell, column)).filter((text) => text !== '')
  ))
  return cells.length > 0 && cells.every(isCross)
}
