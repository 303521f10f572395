import type { Mapping } from '../../model/mapping.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import { compareNaturally } from '../../model/compare-naturally.js'
import { compareText } from '../../model/compare-text.js'
import type { CellTexts } from '../table/cell-text.js'
import { uniqueLabels } from '../table/unique-labels.js'
import { noteScore, scoreCells, scoreColumns, type BestScores } from './best-scores.js'
import { dropBlankColumns } from './drop-blank-columns.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

/** Columns that are left out where no row needs them. */
const optional = [...scoreColumns.map(({ title }) => title), 'Remark', 'Why it maps to nothing']

interface CapabilitySummary {
  rows: number
  readonly techniques: Set<string>
  readonly best: BestScores
  /** What is said of it where it maps to nothing. */
  remark: string
  /** Why it maps to nothing. */
  readonly comments: Set<string>
}

/** One row a capability: its group, how many techniques it bears on and which, its best scores, and why it maps to nothing if so. */
export function capabilitySheet(sets: readonly ResolvedSet[], texts: CellTexts): TableSheet {
  const described = sets.some(({ capabilities }) => [...capabilities.values()].some(({ description }) => description !== undefined))
  const columns: readonly WorkbookColumn[] = [
    { title: 'Capability', width: 26, format: 'wrapped' },
    { title: 'Name', width: 36, format: 'wrapped' },
    ...(sets.length > 1 ? [{ title: 'Framework', width: 22, format: 'wrapped' } as const] : []),
    ...(described ? [{ title: 'Description', width: 50, format: 'wrapped' } as const] : []),
    { title: 'Group', width: 34, format: 'wrapped' },
    { title: 'Techniques', width: 12, format: 'count' },
    { title: 'Rows', width: 8, format: 'count' },
    ...scoreColumns,
    { title: 'Technique ids', width: 70, format: 'wrapped' },
    { title: 'Remark', width: 20, format: 'wrapped' },
    { title: 'Why it maps to nothing', width: 60, format: 'wrapped' },
  ]
  const clean = (text: string | undefined): CellValue => (text === undefined ? null : (texts.clean(text, 'By capability') ?? null))
  const sheet: TableSheet = {
    layout: 'table',
    name: 'By capability',
    table: 'ByCapability',
    columns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: sets.flatMap((set) => {
      const groups = uniqueLabels(set.groups)
      const summaries = summarise(set)
      return [...set.capabilities.values()].toSorted((a, b) => compareNaturally(a.id, b.id)).map((capability) => {
        const { techniques, rows, best, remark, comments } = summaries.get(capability.id) ?? emptySummary()
        return [
          clean(capability.id),
          clean(capability.name),
          ...(sets.length > 1 ? [clean([set.framework.name, set.framework.version].filter((part) => part !== undefined).join(' '))] : []),
          ...(described ? [clean(capability.description)] : []),
          clean(groupNames(capability, groups)),
          techniques.size,
          rows,
          ...scoreCells(best, clean),
          clean([...techniques].toSorted(compareText).join(', ')),
          clean(techniques.size === 0 ? remark : undefined),
          clean(techniques.size === 0 ? [...comments].join('\n') : undefined),
        ]
      })
    }),
  }
  return dropBlankColumns(sheet, optional)
}

function groupNames({ groups }: Capability, labels: ReadonlyMap<string, string>): string {
  return groups.map((group) => labels.get(group) ?? group).join('\n')
}

function emptySummary(): CapabilitySummary {
  return { rows: 0, techniques: new Set(), best: new Map(), remark: 'listed without rows', comments: new Set() }
}

function summarise(set: ResolvedSet): ReadonlyMap<string, CapabilitySummary> {
  const summaries = new Map<string, CapabilitySummary>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-technique') continue
    const summary = summaries.get(mapping.capability.id) ?? emptySummary()
    summaries.set(mapping.capability.id, summary)
    noteRow(summary, mapping)
  }
  return summaries
}

function noteRow(summary: CapabilitySummary, mapping: Exclude<Mapping, { kind: 'unmapped-technique' }>): void {
  summary.rows += 1
  noteScore(summary.best, mapping)
  if (mapping.kind === 'mapped') {
    summary.techniques.add(mapping.technique.id)
    return
  }
  summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
  if (mapping.comments !== undefined) summary.comments.add(mapping.comments)
}
