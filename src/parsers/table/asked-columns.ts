import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { foldTitle, roleNamed } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'

/** A column that the user names: its role, and its title or letter. Several of one role are read together. */
export interface AskedColumn {
  readonly role: ColumnRole
  readonly title: string
}

/** The columns of a sheet that the user names, from 0. */
export type FoundColumns = ReadonlyMap<ColumnRole, readonly number[]>

/** Reads `--columns technique=ATT&CK,capability_id=B`. Unknown fields are reported. */
export function readAskedColumns(
  columns: Readonly<Record<string, string | readonly string[]>> | undefined, document: string, report: Report,
): readonly AskedColumn[] {
  return Object.entries(columns ?? {}).flatMap(([name, titles]) => {
    const role = roleNamed(name)
    const list = typeof titles === 'string' ? [titles] : titles
    if (role) return list.map((title) => ({ role, title: title.trim() }))
    report('parse/unknown-column', {
      message: `--columns: "${name}" is not a field of mapping rows`,
      origin: { document, place: { kind: 'file' } },
      found: `${name}=${list.join(', ')}`,
      expected: 'capability_id, capability_description, capability_group, technique, mapping_type, score_value, comments, …',
    })
    return []
  })
}

/**
 * Finds the columns that the user names in a row of titles, some of which may be letters, or by `letters` alone; undefined if a field
 * has none. A field with several titles needs one of them: the sheets of a workbook may have different ones.
 */
export function findAskedColumns(
  asked: readonly AskedColumn[], titles: readonly string[], letters: boolean,
): FoundColumns | undefined {
  const found = new Map<ColumnRole, number[]>()
  let byTitle = false
  for (const { role, title } of asked) {
    const columns = found.get(role) ?? []
    const titled = findTitles(titles, title)
    if (titled.length > 0) byTitle = true
    for (const column of titled.length > 0 ? titled : columnNumber(title)) {
      if (!columns.includes(column)) columns.push(column)
    }
    found.set(role, columns)
  }
  // Letters alone do not make a row one of titles.
  if (asked.length > 0 && byTitle === letters) return undefined
  return Array.from(found.values()).every((columns) => columns.length > 0) ? found : undefined
}

/** Rows of a sheet that are searched for a title. */
const SEARCHED = 40

/** Whether a sheet has a column of this title, or is as wide as its letter says. */
function hasColumn({ rows }: TableSheet, title: string): boolean {
  if (rows.slice(0, SEARCHED).some((row) => findTitles(row, title).length > 0)) return true
  const [column] = columnNumber(title)
  return column !== undefined && rows.some((row) => row.length > column)
}

/** The columns that the user names and a sheet does not have. */
export function missingColumns(asked: readonly AskedColumn[], sheet: TableSheet): readonly AskedColumn[] {
  return asked.filter(({ title }) => !hasColumn(sheet, title))
}

/**
 * What to look for on a sheet of several: the columns that the user names, without the fields of which it has none while another sheet has
 * them. Those are found by their titles, as in MITRE Engage's workbook ("attack_id", "ATT&CK Mobile ID").
 */
export function askedOfSheet(asked: readonly AskedColumn[], sheet: TableSheet, sheets: readonly TableSheet[]): readonly AskedColumn[] {
  const missing = new Set(missingColumns(asked, sheet))
  const isElsewhere = ({ role }: AskedColumn): boolean => asked.filter((one) => one.role === role).every((one) => missing.has(one))
    && asked.some((one) => one.role === role && sheets.some((other) => other !== sheet && hasColumn(other, one.title)))
  const rest = asked.filter((one) => !isElsewhere(one))
  return rest.length === 0 ? asked : rest
}

/** Reports columns that no sheet has, unless the table is not found without them: then that is reported. */
export function reportMissingTitles(
  asked: readonly AskedColumn[], sheets: readonly TableSheet[], document: string, report: Report,
): void {
  for (const { role, title } of asked) {
    const isOnly = asked.filter((other) => other.role === role).length === 1
    if ((isOnly && columnNumber(title).length === 0) || sheets.some((sheet) => hasColumn(sheet, title))) continue
    report('parse/unknown-column', {
      message: `--columns: no sheet has a column "${title.slice(0, 80)}"`,
      origin: { document, place: { kind: 'file' } },
      hint: 'Compare the title with the table. A title that contains a comma is put in double quotes.',
    })
  }
}

/** Every column with exactly this title; the first that has it but for case, spaces and punctuation if there is none. */
function findTitles(titles: readonly string[], title: string): readonly number[] {
  const exact = titles.flatMap((candidate, column) => (candidate.trim() === title ? [column] : []))
  if (exact.length > 0) return exact
  const folded = foldTitle(title)
  const loose = folded === '' ? -1 : titles.findIndex((candidate) => foldTitle(candidate) === folded)
  return loose >= 0 ? [loose] : []
}

/** A column's number from 0: "A" is 0, "AB" is 27, "1" is 0. Empty for other texts. */
function columnNumber(letters: string): readonly number[] {
  if (/^[1-9]\d{0,4}$/.test(letters)) return [Number(letters) - 1]
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return []
  return [Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1]
}
