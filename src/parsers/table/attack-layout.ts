import type { TableSheet } from '../../formats/decoded.js'
import type { Place } from '../../model/origin.js'
import { isAttackTitle, isOnlyAttackTitle, isTactic } from './attack-words.js'
import { foldTitle } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'
import { wholeTechnique } from './column-views.js'
import { type DerivedRow, deriveSheet, type LaidOutTable, type Remark } from './matrix-layout.js'
import { searchedRows } from './find-header.js'
import { matchColumns } from './match-columns.js'
import { rawCell, trimmedCell } from './cells.js'

/** The framework of ATT&CK's mitigations, as the parser of STIX bundles names it. */
const mitigations = 'attack-mitigations'

const titlesOfMappings = [
  'mapping_framework', 'capability_id', 'capability_description', 'mapping_type', 'attack_object_id', 'attack_object_name', 'comments',
]

const rolesOfMappings: readonly ColumnRole[] = [
  'framework', 'capability', 'name', 'relation', 'technique', 'techniqueName', 'comments',
]

/** ATT&CK objects that map nothing to techniques, by the form of their ids. */
const attackObject = /^(?:G|S|C|DS|DC|DET|AN|A|TA|T)\d{4}(?:\.\d{3})?$/i
const mitigation = /^M\d{4}$/i

/**
 * Lays out a sheet of relationships of ATT&CK's own workbooks: the rows whose source is a mitigation and whose target is a technique.
 * Others are counted, by the kinds of their ends. A source that is no ATT&CK object is a capability of another framework. Undefined
 * for other sheets.
 */
export function findAttackRelationships(sheet: TableSheet): LaidOutTable | undefined {
  for (const row of searchedRows(sheet).slice(0, 5)) {
    const titles = (sheet.rows[row] ?? []).map(foldTitle)
    const column = (title: string): number => titles.indexOf(title)
    const [source, target] = [column('sourceid'), column('targetid')]
    if (source < 0 || target < 0 || (column('sourcetype') < 0 && column('targettype') < 0 && column('mappingtype') < 0)) continue
    const type = (cells: readonly string[], title: string, other: string): string => cells[column(title)] || other
    const order = ['sourceid', 'sourcename', 'mappingtype', 'targetid', 'targetname', 'mappingdescription'].map(column)
    const from = (one: number): number => order[one - 1] ?? source
    const written = (one: number): string => trimmedCell(sheet.rows[row], one)
    // The titles of columns that are not read follow, so that they are listed.
    const unreadColumns = titles.flatMap((title, one) => (title === '' || order.includes(one) ? [] : [one]))
    const derived: DerivedRow[] = [{ cells: ['mapping_framework', ...[...order, ...unreadColumns].map(written)], row, from }]
    const others = new Map<string, Remark & { count: number; readonly rows: Place[] }>()
    for (let at = row + 1; at < sheet.rows.length; at += 1) {
      const cells = (sheet.rows[at] ?? []).map((cell) => cell.trim())
      if (cells.every((cell) => cell === '')) continue
      const text = (one: number): string => rawCell(cells, one)
      const isMitigation = mitigation.test(text(source))
      if (wholeTechnique.test(text(target)) && (isMitigation || isForeign(text(source), text(column('sourcetype'))))) {
        derived.push({ cells: [isMitigation ? mitigations : '', ...order.map(text)], row: at, from })
        continue
      }
      const kind = `${type(cells, 'sourcetype', 'object')} ${type(cells, 'mappingtype', 'maps to')} ${type(cells, 'targettype', 'object')}`
      const known = others.get(kind)
      const place = sheet.place(at, source)
      if (known) {
        known.count += 1
        known.rows.push(place)
      } else others.set(kind, { code: 'parse/not-a-mapping', row: at, column: source, details: { found: kind }, count: 1, rows: [place] })
    }
    const laid = deriveSheet(sheet, derived)
    const asked = new Map(rolesOfMappings.map((role, index) => [role, [index]] as const))
    const unread = unreadColumns.filter((one) => !isAttackTitle(written(one))).map((one): Remark => (
      { code: 'parse/unknown-column', row, column: one, details: { message: `The column "${written(one).slice(0, 80)}" was not read` } }
    ))
    const columns = matchColumns({ titles: titlesOfMappings, below: [], why: "by the titles of ATT&CK's relationships" }, asked)
    return {
      sheet: laid,
      header: { row: 0, columns },
      titles: row,
      remarks: [
        ...unread,
        ...Array.from(others.values(), ({ count, rows, details, ...remark }) => ({ ...remark, details: { ...details, count, rows } })),
      ],
    }
  }
  return undefined
}

/** The types of ATT&CK's objects, in its workbooks. */
const attackTypes: ReadonlySet<string> = new Set([
  'group', 'intrusionset', 'software', 'malware', 'tool', 'campaign', 'datacomponent', 'datasource', 'detectionstrategy', 'analytic',
  'asset', 'technique', 'tactic',
])

/** Whether a source is none of ATT&CK's objects. */
function isForeign(id: string, type: string): boolean {
  return id !== '' && !attackObject.test(id) && !attackTypes.has(foldTitle(type))
}

/** Whether a sheet only lists what ATT&CK contains: techniques, groups, software, mitigations, citations. */
export function isAttackList(sheet: TableSheet): boolean {
  const [row] = searchedRows(sheet)
  const titles = row === undefined ? [] : (sheet.rows[row] ?? []).filter((title) => title.trim() !== '')
  return titles.length > 1 && titles.every(isAttackTitle) && titles.some(isOnlyAttackTitle)
}

/**
 * Whether a sheet is a matrix of techniques' names below tactics: what the Navigator's "export to Excel" writes, with colours for
 * scores, and sheets of ATT&CK's workbooks.
 */
export function isTacticMatrix(sheet: TableSheet): boolean {
  return searchedRows(sheet).slice(0, 3).some((row) => {
    const titles = (sheet.rows[row] ?? []).filter((title) => title.trim() !== '')
    const found = titles.filter(isTactic)
    return new Set(found).size > 1 && found.length >= titles.length * 0.8
  })
}
