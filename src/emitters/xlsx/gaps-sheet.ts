import { techniquePage } from '../../attack/attack-index.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { countTactics, nameTactic } from '../../coverage/matrix.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import type { CellTexts } from '../table/cell-text.js'
import { stateWords } from './paint-techniques.js'
import { dropBlankColumns } from './sheet-columns.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

/** Columns that are left out where no row needs them. */
const optional = ['Domain', 'Also in', 'Reason', 'Sub-techniques mapped']

const columns: readonly WorkbookColumn[] = [
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

/** The techniques of ATT&CK that no capability is mapped to, by tactic: one that stands in several tactics is in each. */
export function gapsSheet(shown: readonly CoverageScope[], texts: CellTexts): TableSheet {
  const clean: Clean = (text) => (text ? texts.clean(text, 'Gaps') : null)
  const sheet: TableSheet = {
    layout: 'table',
    name: 'Gaps',
    table: 'Gaps',
    columns,
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
  const reasons = collectReasons('of' in coverage ? coverage.of : [coverage])
  const names = new Map(coverage.tactics.map((tactic) => [tactic.shortname, nameTactic(tactic)]))
  return countTactics(coverage).flatMap(({ tactic, techniques }) =>
    techniques.filter(({ state }) => words.has(state)).map((technique) => [
      clean(domain),
      clean(nameTactic(tactic)),
      clean(technique.id),
      clean(technique.name),
      technique.isSubTechnique ? 'sub-technique' : 'technique',
      words.get(technique.state) ?? null,
      clean([...(reasons.get(technique.id) ?? [])].join('\n')),
      technique.onlyThroughSubTechniques ? 'yes' : null,
      clean(otherTactics(technique, tactic?.shortname, names)),
      clean(techniquePage(technique.id)),
    ]))
}

function otherTactics({ tactics }: TechniqueCoverage, tactic: string | undefined, names: ReadonlyMap<string, string>): string {
  return [...new Set(tactics)].filter((other) => other !== tactic).flatMap((other) => names.get(other) ?? []).join('; ')
}

/** What the documents say of techniques that nothing is mapped to. */
function collectReasons(sets: readonly SetCoverage[]): ReadonlyMap<string, ReadonlySet<string>> {
  const reasons = new Map<string, Set<string>>()
  for (const mapping of sets.flatMap(({ set }) => set.mappings)) {
    if (mapping.kind === 'unmapped-capability' || mapping.comments === undefined) continue
    const known = reasons.get(mapping.technique.id) ?? new Set()
    reasons.set(mapping.technique.id, known.add(mapping.comments))
  }
  return reasons
}
