import { setTitle } from '../../emitters/table/set-facts.js'
import { compareText } from '../../model/text.js'
import { createReportTable, type LegendEntry, type ReportTable } from '../../model/report-table.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import type { DescribedDiff, DiffCounts } from './describe-diff.js'
import type { SetPairing } from './diff-sets.js'
import { diffTables } from './diff-tables.js'

/** The legend of the column Change. */
export const diffLegend: readonly LegendEntry[] = [
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
    value: diffDocument(diffs, unpaired),
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
