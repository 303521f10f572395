import { domainNames, releaseName } from '../../attack/attack-index.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { countCoverage, countTactics, coverageShare, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import type { CellTexts } from '../table/cell-text.js'
import { stateWords } from './render-grid.js'
import { dropBlankColumns } from './sheet-columns.js'
import { createTechniqueTexts } from './technique-texts.js'
import type { CellValue, ListedTable, WorkbookColumn } from './workbook.js'

const columns: readonly WorkbookColumn[] = [
  { title: 'Tactic', width: 34, format: 'wrapped' },
  { title: 'In ATT&CK', width: 11, format: 'count' },
  { title: 'Mapped', width: 10, format: 'count' },
  { title: 'Share mapped', width: 26, format: 'share' },
  { title: 'Declared unmappable', width: 13, format: 'count' },
  { title: 'Named only', width: 10, format: 'count' },
  { title: 'Not mentioned', width: 12, format: 'count' },
  { title: 'Techniques', width: 13, format: 'count' },
  { title: 'Techniques mapped', width: 13, format: 'count' },
  { title: 'Sub-techniques', width: 13, format: 'count' },
  { title: 'Sub-techniques mapped', width: 14, format: 'count' },
  { title: 'Only through sub-techniques', width: 17, format: 'count' },
]

/** The segments of a bar, by the titles of their columns: together, all techniques of the tactic. */
const parts: readonly (readonly [title: string, colour: string])[] = [
  ['Mapped', '#2171b5'],
  ['Declared unmappable', '#e69f00'],
  ['Named only', '#9ecae1'],
  ['Not mentioned', '#d9d9d9'],
]

/**
 * A sheet for each domain: per tactic, how many techniques of ATT&CK are mapped, declared unmappable, only named, and not mentioned. The
 * totals count each technique once, whatever its number of tactics; several sets have a total together, then one each.
 */
export function coverageSheets(shown: readonly CoverageScope[], texts: CellTexts): readonly ListedTable[] {
  return shown.map((scope) => {
    const name = nameDomainSheet('Coverage', scope, shown)
    return coverageSheet(name, scope, (text) => texts.clean(text, name))
  })
}

function coverageSheet(name: string, { coverage }: CoverageScope, clean: (text: string) => string): ListedTable {
  const sets = 'of' in coverage ? coverage.of : []
  const all = sets.length === 0 ? 'All, each technique once' : 'All sets, each technique once'
  return {
    layout: 'table',
    name,
    table: name.replaceAll(' ', ''),
    columns,
    frozenColumns: 1,
    paper: 'a4',
    rows: countTactics(coverage).map(({ tactic, counts }) => [clean(nameTactic(tactic)), ...countCells(counts)]),
    totals: [
      [all, ...countCells(countCoverage(coverage.techniques))],
      ...sets.map(({ label, techniques }) => [clean(label), ...countCells(countCoverage(techniques))]),
    ],
    chart: {
      title: `${releaseName(coverage.release)}: techniques and sub-techniques by tactic`,
      names: 0,
      parts: parts.map(([title, colour]) => ({ column: columns.findIndex((column) => column.title === title), colour })),
    },
  }
}

function countCells({ all, techniques, subTechniques }: LevelCounts): readonly CellValue[] {
  const share = coverageShare(all)
  return [
    all.attack,
    all.mapped,
    share === undefined ? null : Math.round(share * 10_000) / 10_000,
    all.unmappable,
    all.named,
    all.notMentioned,
    techniques.attack,
    techniques.mapped,
    subTechniques.attack,
    subTechniques.mapped,
    all.onlyThroughSubTechniques,
  ]
}

/** The name of a domain's sheet: "Matrix", or "Matrix Mobile" if there are several domains. */
export function nameDomainSheet(kind: string, { coverage }: CoverageScope, shown: readonly CoverageScope[]): string {
  return shown.length > 1 ? `${kind} ${domainNames[coverage.domain]}` : kind
}

/** Columns that are omitted if blank in all rows. */
const optional = ['Domain', 'Also in', 'Reason', 'Sub-techniques mapped']

const gapColumns: readonly WorkbookColumn[] = [
  { title: 'Domain', width: 12, format: 'text' },
  { title: 'Tactic', width: 24, format: 'wrapped' },
  { title: 'Technique', width: 12, format: 'text' },
  { title: 'Name', width: 40, format: 'wrapped' },
  { title: 'Level', width: 14, format: 'text' },
  { title: 'Why', width: 21, format: 'tone' },
  { title: 'Reason', width: 60, format: 'wrapped' },
  { title: 'Sub-techniques mapped', width: 16, format: 'text' },
  { title: 'Also in', width: 30, format: 'wrapped' },
  { title: 'Page', width: 48, format: 'url' },
]

const words = new Map<CoverageState, string>(stateWords.map(({ state, word }) => [state, word]))

type Clean = (text: string | undefined) => CellValue

/** The techniques of ATT&CK that no capability is mapped to, by tactic. A technique of several tactics has a row in each. */
export function gapsSheet(shown: readonly CoverageScope[], texts: CellTexts): ListedTable {
  const clean: Clean = (text) => (text ? texts.clean(text, 'Gaps') : null)
  const sheet: ListedTable = {
    layout: 'table',
    name: 'Gaps',
    table: 'Gaps',
    columns: gapColumns,
    frozenColumns: shown.length > 1 ? 3 : 2,
    paper: 'a4',
    mostLines: 12,
    rows: shown.flatMap(({ coverage }) => gapRows(coverage, shown.length > 1 ? coverage.domain : undefined, clean)),
  }
  return dropBlankColumns(sheet, optional)
}

function gapRows(
  coverage: SetCoverage | UnionCoverage, domain: string | undefined, clean: Clean,
): readonly (readonly CellValue[])[] {
  const reasons = collectReasons(coverage)
  const textsOf = createTechniqueTexts(coverage.release)
  const names = new Map(coverage.tactics.map((tactic) => [tactic.shortname, nameTactic(tactic)]))
  const rows: (readonly CellValue[])[] = []
  for (const { tactic, techniques } of countTactics(coverage)) {
    const tacticName = nameTactic(tactic)
    for (const technique of techniques) {
      const word = words.get(technique.state)
      if (word === undefined) continue
      const reason = reasons.get(technique.id)
      rows.push([
        clean(domain),
        clean(tacticName),
        clean(technique.id),
        clean(technique.name),
        technique.isSubTechnique ? 'sub-technique' : 'technique',
        word,
        clean(reason && [...reason].join('\n')),
        technique.onlyThroughSubTechniques ? 'yes' : null,
        clean(otherTactics(technique, tactic?.shortname, names)),
        clean(textsOf(technique).page),
      ])
    }
  }
  return rows
}

function otherTactics({ tactics }: TechniqueCoverage, tactic: string | undefined, names: ReadonlyMap<string, string>): string | undefined {
  if (tactics.length === 1 && tactics[0] === tactic) return undefined
  return [...new Set(tactics)].filter((other) => other !== tactic).flatMap((other) => names.get(other) ?? []).join('; ')
}

/** The comments of rows, by technique, of those that are gaps. */
function collectReasons(coverage: SetCoverage | UnionCoverage): ReadonlyMap<string, ReadonlySet<string>> {
  const reasons = new Map<string, Set<string>>()
  const gaps = new Set<string>()
  for (const { id, state } of coverage.techniques) if (words.has(state)) gaps.add(id)
  for (const { set } of 'of' in coverage ? coverage.of : [coverage]) {
    for (const mapping of set.mappings) {
      if (mapping.kind === 'unmapped-capability' || mapping.comments === undefined || !gaps.has(mapping.technique.id)) continue
      const known = reasons.get(mapping.technique.id)
      if (known) known.add(mapping.comments)
      else reasons.set(mapping.technique.id, new Set([mapping.comments]))
    }
  }
  return reasons
}
