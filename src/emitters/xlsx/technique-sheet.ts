import type { AttackIndex } from '../../attack/attack-index.js'
import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { compareNaturally } from '../../model/compare-naturally.js'
import { compareText } from '../../model/compare-text.js'
import type { CellTexts } from '../table/cell-text.js'
import { createTechniqueLookup, type TechniqueFacts } from '../table/technique-facts.js'
import { noteScore, scoreCells, scoreColumns, type BestScores } from './best-scores.js'
import { dropBlankColumns } from './drop-blank-columns.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

/** Columns that are left out where no row needs them. */
const optional = [...scoreColumns.map(({ title }) => title), 'Remark']

const columns: readonly WorkbookColumn[] = [
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

type Clean = (text: string | undefined) => CellValue

interface TechniqueSummary {
  readonly id: string
  readonly domain: string
  readonly facts: TechniqueFacts
  name?: string
  rows: number
  /** What is said of it where no capability is mapped. */
  remark?: string
  readonly capabilities: Set<string>
  readonly best: BestScores
}

/** One row a technique: its tactics, how many capabilities bear on it and which, and the best score of each category. */
export function techniqueSheet(sets: readonly ResolvedSet[], attack: AttackIndex, texts: CellTexts): TableSheet {
  const summaries = summarise(sets, attack).toSorted((a, b) => compareText(a.id, b.id) || compareText(a.domain, b.domain))
  const clean: Clean = (text) => (text ? texts.clean(text, 'By technique') : null)
  const sheet: TableSheet = {
    layout: 'table',
    name: 'By technique',
    table: 'ByTechnique',
    columns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: summaries.map((summary) => techniqueCells(summary, clean)),
  }
  return dropBlankColumns(sheet, optional)
}

function techniqueCells(
  { id, name, facts, capabilities, rows, best, remark }: TechniqueSummary,
  clean: Clean,
): readonly CellValue[] {
  return [
    clean(id),
    clean(name ?? facts.name),
    clean(facts.tactics.join('; ')),
    facts.status,
    capabilities.size,
    rows,
    ...scoreCells(best, clean),
    clean([...capabilities].toSorted(compareNaturally).join(', ')),
    clean(capabilities.size === 0 ? remark : undefined),
    clean(facts.url),
  ]
}

function summarise(sets: readonly ResolvedSet[], attack: AttackIndex): readonly TechniqueSummary[] {
  const lookUp = createTechniqueLookup(attack)
  const summaries = new Map<string, TechniqueSummary>()
  for (const set of sets) {
    const { domain, version } = set.attack
    for (const mapping of set.mappings) {
      if (mapping.kind === 'unmapped-capability') continue
      const { id, name } = mapping.technique
      const key = `${domain} ${id}`
      const summary: TechniqueSummary = summaries.get(key) ?? {
        id,
        domain,
        facts: lookUp(id, domain, version),
        rows: 0,
        capabilities: new Set(),
        best: new Map(),
      }
      summaries.set(key, summary)
      if (summary.name === undefined && name !== undefined) summary.name = name
      noteRow(summary, mapping, sets.length > 1 ? `${set.framework.id}: ` : '')
    }
  }
  return [...summaries.values()]
}

function noteRow(summary: TechniqueSummary, mapping: Exclude<Mapping, { kind: 'unmapped-capability' }>, prefix: string): void {
  summary.rows += 1
  noteScore(summary.best, mapping)
  if (mapping.kind === 'mapped') summary.capabilities.add(`${prefix}${mapping.capability.id}`)
  else summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
}
