import type { AttackIndex } from '../../attack/attack-index.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import { compareQuickly } from '../../model/natural-order.js'
import { compareText } from '../../model/text.js'
import type { CellTexts } from '../table/cell-text.js'
import { frameworkTitle } from '../table/set-facts.js'
import { type CapabilitySummary, summariseCapabilities, summariseTechniques, type TechniqueSummary } from '../table/summaries.js'
import { uniqueLabels } from '../table/table-rows.js'
import { dropBlankColumns, scoreCells, scoreColumns } from './sheet-columns.js'
import type { CellValue, ListedTable, WorkbookColumn } from './workbook.js'

/** Columns that are omitted if blank in all rows. */
const optionalCapabilityColumns = [
  ...scoreColumns.map(({ title }) => title),
  'Framework',
  'Description',
  'Group',
  'Remark',
  'Why it maps to nothing',
]

const capabilityColumns: readonly WorkbookColumn[] = [
  { title: 'Capability', width: 26, format: 'wrapped' },
  { title: 'Name', width: 36, format: 'wrapped' },
  { title: 'Framework', width: 22, format: 'wrapped' },
  { title: 'Description', width: 50, format: 'wrapped' },
  { title: 'Group', width: 34, format: 'wrapped' },
  { title: 'Techniques', width: 12, format: 'count' },
  { title: 'Rows', width: 8, format: 'count' },
  ...scoreColumns,
  { title: 'Technique ids', width: 70, format: 'wrapped' },
  { title: 'Remark', width: 20, format: 'wrapped' },
  { title: 'Why it maps to nothing', width: 60, format: 'wrapped' },
]

type Clean = (text: string | undefined) => CellValue

/** A row for each capability: its groups, the techniques it is mapped to, its best scores, and the reason if it maps to nothing. */
export function capabilitySheet(sets: readonly ResolvedSet[], texts: CellTexts): ListedTable {
  const clean: Clean = (text) => (text ? texts.clean(text, 'By capability') : null)
  const sheet: ListedTable = {
    layout: 'table',
    name: 'By capability',
    table: 'ByCapability',
    columns: capabilityColumns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: sets.flatMap((set) => setRows(set, sets.length > 1 ? frameworkTitle(set) : undefined, clean)),
  }
  return dropBlankColumns(sheet, optionalCapabilityColumns)
}

function setRows(set: ResolvedSet, framework: string | undefined, clean: Clean): readonly (readonly CellValue[])[] {
  const groups = uniqueLabels(set.groups)
  return summariseCapabilities(set).map((summary) => capabilityCells(summary, framework, groups, clean))
}

function capabilityCells(
  { capability, techniques, rows, best, remark, comments }: CapabilitySummary,
  framework: string | undefined,
  groups: ReadonlyMap<string, string>,
  clean: Clean,
): readonly CellValue[] {
  const unmapped = techniques.size === 0
  return [
    clean(capability.id),
    clean(capability.name),
    clean(framework),
    clean(capability.description),
    clean(groupNames(capability, groups)),
    techniques.size,
    rows,
    ...scoreCells(best, clean),
    clean([...techniques].toSorted(compareText).join(', ')),
    clean(unmapped ? remark : undefined),
    clean(unmapped ? [...comments].join('\n') : undefined),
  ]
}

function groupNames({ groups }: Capability, labels: ReadonlyMap<string, string>): string {
  return groups.map((group) => labels.get(group) ?? group).join('\n')
}

/** Columns that are omitted if blank in all rows. */
const optionalTechniqueColumns = [...scoreColumns.map(({ title }) => title), 'Remark']

const techniqueColumns: readonly WorkbookColumn[] = [
  { title: 'Technique', width: 12, format: 'text' },
  { title: 'Name', width: 34, format: 'wrapped' },
  { title: 'Tactics', width: 34, format: 'wrapped' },
  { title: 'In ATT&CK', width: 12, format: 'status' },
  { title: 'Capabilities', width: 12, format: 'count' },
  { title: 'Rows', width: 8, format: 'count' },
  ...scoreColumns,
  { title: 'Capability ids', width: 70, format: 'wrapped' },
  { title: 'Remark', width: 20, format: 'wrapped' },
  { title: 'Page', width: 48, format: 'url' },
]

/** A row for each technique: its tactics, the capabilities mapped to it, and the best score of each category. */
export function techniqueSheet(sets: readonly ResolvedSet[], attack: AttackIndex, texts: CellTexts): ListedTable {
  const clean: Clean = (text) => (text ? texts.clean(text, 'By technique') : null)
  const summaries = summariseTechniques(sets, attack)
  // Read once: a summary makes its set when it is read.
  const capabilities = summaries.map((summary) => [...summary.capabilities])
  const ranks = rankIds(capabilities)
  const sheet: ListedTable = {
    layout: 'table',
    name: 'By technique',
    table: 'ByTechnique',
    columns: techniqueColumns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: summaries.map((summary, index) => techniqueCells(summary, capabilities[index] ?? [], ranks, clean)),
  }
  return dropBlankColumns(sheet, optionalTechniqueColumns)
}

function techniqueCells(
  { id, name, facts, rows, best, remark }: TechniqueSummary,
  capabilities: readonly string[],
  ranks: ReadonlyMap<string, number>,
  clean: Clean,
): readonly CellValue[] {
  return [
    clean(id),
    clean(name ?? facts.name),
    clean(facts.tactics.join('; ')),
    facts.status,
    capabilities.length,
    rows,
    ...scoreCells(best, clean),
    clean(capabilities.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)).join(', ')),
    clean(capabilities.length === 0 ? remark : undefined),
    clean(facts.url),
  ]
}

/** The ranks of the capabilities of all techniques in natural order: compared once, and not in the list of each technique. Equal ones share one. */
function rankIds(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const all = new Set<string>()
  for (const list of lists) for (const id of list) all.add(id)
  const ids = [...all].toSorted(compareQuickly)
  let rank = 0
  return new Map(ids.map((id, index) => {
    const before = ids[index - 1]
    if (before !== undefined && compareQuickly(before, id) !== 0) rank += 1
    return [id, rank]
  }))
}
