import { setTitle } from '../../emitters/table/set-facts.js'
import { once } from '../../model/lookups.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import type { MappedRow, Mapping } from '../../model/mapping.js'
import { createReportTable, type LegendEntry, type ReportTable } from '../../model/report-table.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import type { LayerCell, ReportLayer } from '../../emitters/navigator/report-layer.js'
import type { DescribedDiff, DiffCounts } from './describe-diff.js'
import type { SetPairing } from './diff-sets.js'
import { diffTables } from './diff-tables.js'
import type { FieldChange, RowChange } from './set-diff.js'

/** The legend of the column Change. */
const diffLegend: readonly LegendEntry[] = [
  { word: 'added', tone: 'added', meaning: 'in the new set only' },
  { word: 'removed', tone: 'removed', meaning: 'in the old set only' },
  { word: 'changed', tone: 'changed', meaning: 'in both sets, but different' },
]

type Unpaired = Pick<SetPairing, 'added' | 'removed'>

/** Reports one or more comparisons, and the sets without a counterpart. */
export function diffReport(diffs: readonly DescribedDiff[], unpaired: Unpaired): AnalysisReport {
  const [only] = diffs
  const single = only && diffs.length === 1 && unpaired.added.length + unpaired.removed.length === 0
  const dates = diffs.flatMap(({ diff }) => diff.new.about.modified ?? []).toSorted(compareText)
  const date = dates.at(-1)
  const document = once(() => diffDocument(diffs, unpaired))
  return {
    kind: 'diff',
    baseName: single ? artifactBaseName(only.diff.new) : 'all',
    title: single ? `From ${setTitle(only.diff.old)} to ${setTitle(only.diff.new)}` : `Changes in ${diffs.length} mapping sets`,
    about: [],
    counts: countFacts(diffs.map(({ counts }) => counts)),
    facts: diffs.length === 1 && only ? documentFacts(only) : [],
    legend: diffLegend,
    tables: single ? diffTables(diffs) : [setTable(diffs, unpaired), ...diffTables(diffs)],
    ...(date !== undefined && { date }),
    schema: 'diff',
    get value() { return document() },
  }
}

function countFacts(counts: readonly DiffCounts[]): readonly ReportFact[] {
  const sum = (name: keyof DiffCounts): number => counts.reduce((total, one) => total + one[name], 0)
  const respelled = sum('respelled')
  return [
    { label: 'Rows in old', value: sum('oldRows') },
    { label: 'Rows in new', value: sum('newRows') },
    { label: 'Rows unchanged', value: sum('same') },
    ...(respelled > 0 ? [{ label: 'of these, differing in notation only', value: respelled }] : []),
    { label: 'Rows changed', value: sum('changed') },
    { label: 'Rows added', value: sum('added') },
    { label: 'Rows removed', value: sum('removed') },
    { label: 'Capabilities added', value: sum('capabilitiesAdded') },
    { label: 'Capabilities removed', value: sum('capabilitiesRemoved') },
    { label: 'Techniques added', value: sum('techniquesAdded') },
    { label: 'Techniques removed', value: sum('techniquesRemoved') },
  ]
}

function documentFacts({ diff }: DescribedDiff): readonly ReportFact[] {
  return [{ label: 'Old', value: listDocuments(diff.old) }, { label: 'New', value: listDocuments(diff.new) }]
}

/** The pairs of compared sets with counts of changes, and the sets without a counterpart. */
function setTable(diffs: readonly DescribedDiff[], { added, removed }: Unpaired): ReportTable {
  const compared = diffs.map(({ diff, counts }) => ({
    change: hasChanges(counts) || diff.facts.length > 0 ? 'changed' : null, old: diff.old, fresh: diff.new, counts,
  }))
  const entries = [
    ...compared,
    ...added.map((fresh) => ({ change: 'added', old: undefined, fresh, counts: undefined })),
    ...removed.map((old) => ({ change: 'removed', old, fresh: undefined, counts: undefined })),
  ]
  const head = { name: 'sets', title: 'Mapping sets', about: 'Sets of the same framework and domain were compared.' }
  return createReportTable(head, entries, [
    { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
    { key: 'old_set', title: 'Old set', kind: 'text', cell: ({ old }) => old && setTitle(old) },
    { key: 'new_set', title: 'New set', kind: 'text', cell: ({ fresh }) => fresh && setTitle(fresh) },
    { key: 'rows_changed', title: 'Changed', kind: 'number', cell: ({ counts }) => counts?.changed },
    { key: 'rows_added', title: 'Added', kind: 'number', cell: ({ counts }) => counts?.added },
    { key: 'rows_removed', title: 'Removed', kind: 'number', cell: ({ counts }) => counts?.removed },
  ])
}

function hasChanges({ changed, added, removed, capabilitiesAdded, capabilitiesRemoved }: DiffCounts): boolean {
  return changed + added + removed + capabilitiesAdded + capabilitiesRemoved > 0
}

/** Comparisons as JSON: schemas/diff.schema.json. Rows are in the form of the model. */
function diffDocument(diffs: readonly DescribedDiff[], { added, removed }: Pick<SetPairing, 'added' | 'removed'>): object {
  return {
    kind: 'diff',
    pairs: diffs.map(({ diff, counts, techniques }) => ({
      old: describeSetHead(diff.old),
      new: describeSetHead(diff.new),
      counts,
      facts: diff.facts,
      capabilities: diff.capabilities,
      techniques,
      rows: { added: diff.added, removed: diff.removed, changed: diff.changed },
    })),
    addedSets: added.map(describeSetHead),
    removedSets: removed.map(describeSetHead),
  }
}

const mostLines = 8

/**
 * A layer of the newer release with the techniques whose rows changed: mapped in only one of the sets, or in both.
 */
export function diffLayer({ diff, counts, release }: DescribedDiff): ReportLayer {
  const before = mappedTechniques(diff.old.mappings)
  const after = mappedTechniques(diff.new.mappings)
  const cells = Array.from(linesByTechnique(diff), ([id, lines]): LayerCell => {
    const shown = lines.slice(0, mostLines)
    const more = lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : []
    const word = before.has(id) ? (after.has(id) ? 'changed' : 'removed') : 'added'
    return { id, word, comment: [...shown, ...more].join('\n') }
  })
  const title = `${setTitle(diff.new)}: changes`
  return {
    kind: 'diff',
    baseName: artifactBaseName(diff.new),
    title,
    description: `Changes from ${setTitle(diff.old)} to ${setTitle(diff.new)}, by technique.`,
    release,
    legend: diffLegend.map((entry) => ({ ...entry, meaning: layerMeanings[entry.word] ?? entry.meaning })),
    cells: cells.toSorted((a, b) => compareText(a.id, b.id)),
    facts: [
      { label: 'Old', value: setTitle(diff.old) },
      { label: 'New', value: setTitle(diff.new) },
      { label: 'Rows changed', value: counts.changed },
      { label: 'Rows added', value: counts.added },
      { label: 'Rows removed', value: counts.removed },
      { label: 'Rows unchanged', value: counts.same },
    ],
  }
}

const layerMeanings: Readonly<Record<string, string>> = {
  added: 'mapped in the new set only',
  removed: 'mapped in the old set only',
  changed: 'mapped in both sets, with different rows',
}

function linesByTechnique({ added, removed, changed }: DescribedDiff['diff']): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>()
  const note = (row: Mapping, what: string): void => {
    if (row.kind === 'mapped') addToList(lines, row.technique.id, `${what}: ${labelRow(row)}`)
  }
  for (const row of added) note(row, 'Added')
  for (const row of removed) note(row, 'Removed')
  for (const change of changed) note(change.new, `Changed in ${describeFields(change)}`)
  return lines
}

function labelRow({ capability, score }: MappedRow): string {
  return [capability.id, score?.category, score?.value].filter((part) => part !== undefined).join(' ')
}

function describeFields({ fields }: RowChange): string {
  return fields.map(({ field, old, new: fresh }: FieldChange) =>
    (field === 'score_value' ? `${field} (${valueText(old)} to ${valueText(fresh)})` : field)).join(', ')
}

function valueText(value: FieldChange['old']): string {
  return typeof value === 'string' ? value : 'not stated'
}

function mappedTechniques(mappings: readonly Mapping[]): ReadonlySet<string> {
  return new Set(mappings.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))
}
