import { countNoun } from '../../../diagnostics/counts-in-words.js'
import type { ReportData, ReportMatrix } from '../report-data.js'
import type { CellCounts } from './matrix-cells.js'

/** A value of a row in the table that is saved. */
type Cell = (row: number) => string | undefined

/**
 * Writes rows as CSV (RFC 4180) with a byte order mark, by which Excel recognises UTF-8. Columns are named as in the `csv` emitter, so that
 * Crosswalk reads the file. Cells that a spreadsheet would take for a formula get an apostrophe ("CSV Injection", OWASP).
 */
export function writeCsv(data: ReportData, rows: readonly number[]): string {
  const columns = listColumns(data)
  const records = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, cell]) => cell(row) ?? ''))]
  return `\uFEFF${records.map((record) => `${record.map(writeCell).join(',')}\r\n`).join('')}`
}

function listColumns({ rows, sets, capabilities, techniques, texts }: ReportData): readonly (readonly [name: string, cell: Cell])[] {
  const text = (column: readonly number[] | undefined): Cell => (row) => texts[column?.[row] ?? -1]
  const facts = sets.map((set) => new Map(set.facts.map(({ label, value }) => [label, value === 'not stated' ? undefined : value])))
  const fact = (label: string): Cell => (row) => facts[rows.set[row] ?? -1]?.get(label)
  const origins = (part: 0 | 1): Cell => (row) =>
    rows.origins[row]?.map(([document, place]) => (part === 0 ? (texts[document] ?? '') : place)).join('\n')
  return [
    ['mapping_framework', fact('Framework id')],
    ['mapping_framework_version', fact('Framework version')],
    ['capability_group', text(rows.group)],
    ['capability_id', (row) => capabilities[rows.capability[row] ?? -1]?.id],
    ['capability_description', (row) => capabilities[rows.capability[row] ?? -1]?.name],
    ['mapping_type', text(rows.relation)],
    ['attack_object_id', (row) => techniques[rows.technique[row] ?? -1]?.id],
    ['attack_object_name', (row) => techniques[rows.technique[row] ?? -1]?.name],
    ['attack_version', fact('ATT&CK version')],
    ['technology_domain', fact('ATT&CK domain')],
    ['score_category', text(rows.category)],
    ['score_value', text(rows.value)],
    ['references', (row) => rows.references?.[row]?.map((reference) => texts[reference] ?? '').join('\n')],
    ['comments', text(rows.comments)],
    ['source_document', origins(0)],
    ['source_place', origins(1)],
    ['status', text(rows.status)],
  ]
}

function writeCell(cell: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** What a layer shows beside its techniques. */
interface LayerFacts {
  /** The filter in words; undefined if all rows are shown. */
  readonly filter: string | undefined
  /** The number of a cell: capabilities, or the best score. */
  readonly measure: 'count' | 'best'
  readonly highest: number
  /** Colours from the lowest score to the highest (#rrggbb), at least two. */
  readonly colors: readonly string[]
  /** The techniques that filters leave; undefined for all. */
  readonly only?: ReadonlySet<number> | undefined
  /** They are those of an adversary: what is not mapped is in the layer, too. */
  readonly isAgainst?: boolean
}

/** As in the layers of `--against`: what is not covered. */
const openColour = '#d55e00'

/** Writes a Navigator layer (format 4.5) of a matrix: its techniques that the given counts show as mapped. */
export function writeLayer(data: ReportData, matrix: ReportMatrix, counts: CellCounts, facts: LayerFacts): string {
  const { filter, measure, highest, colors, only, isAgainst = false } = facts
  const numbers = measure === 'best' ? counts.best : counts.capabilities
  const left = [...new Set(matrix.tactics.flatMap(({ entries }) => entries.flat()))].filter((index) => only?.has(index) ?? true)
  const shown = left.filter((index) => isAgainst || (counts.capabilities[index] ?? 0) > 0)
  const opened = new Set(shown.flatMap((index) => parentOf(data.techniques[index]?.id ?? '')))
  const cells = new Map(shown.map((index) => {
    const score = numbers[index] ?? 0
    const count = counts.capabilities[index] ?? 0
    return [data.techniques[index]?.id ?? '', {
      ...(score > 0 && { score }),
      ...(count === 0 && { color: openColour }),
      comment: count === 0 ? 'Used by the adversary, not mapped' : countNoun(count, 'capability'),
    }]
  }))
  const ids = [...new Set([...cells.keys(), ...opened])].toSorted((a, b) => (a < b ? -1 : 1))
  const major = matrix.version.split('.', 1)[0] ?? matrix.version
  const meaning = measure === 'best'
    ? 'A score is the best value that a mapping states: minimal 1, partial 2, significant 3.'
    : 'A score is the number of capabilities mapped to the technique.'
  const parts = [`${countNoun(cells.size, 'technique')} of ${matrix.title}.`, meaning, filter === undefined ? '' : `Filtered: ${filter}.`]
  return `${JSON.stringify({
    name: data.title.slice(0, 120).replace(/[\uD800-\uDBFF]$/, ''),
    versions: { attack: major, navigator: '5.1.0', layer: '4.5' },
    domain: `${matrix.domain}-attack`,
    description: parts.filter((part) => part !== '').join(' '),
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    techniques: ids.map((techniqueID) => ({
      techniqueID, ...cells.get(techniqueID), ...(opened.has(techniqueID) && { showSubtechniques: true }),
    })),
    gradient: { colors, minValue: highest > 1 ? 1 : 0, maxValue: Math.max(1, highest) },
    legendItems: isAgainst ? [{ label: 'Used by the adversary, not mapped', color: openColour }] : [],
    metadata: [{ name: 'Made by', value: `${data.madeBy}, HTML report` }],
    links: [{ label: `ATT&CK ${matrix.version}`, url: `https://attack.mitre.org/versions/v${major}/matrices/${matrix.domain}/` }],
  }, null, 2)}\n`
}

function parentOf(id: string): readonly string[] {
  const [parent = ''] = id.split('.', 1)
  return parent === id ? [] : [parent]
}
