import type { Report } from '../../diagnostics/diagnostic.js'
import type { Artifact } from '../../emitters/emitter.js'
import { addToList } from '../../model/stated.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import { type LayerCell, reportLayerArtifact } from '../report/report-layer.js'
import type { Candidate } from './find-candidates.js'
import { type RowChange, techniqueOf, type UpgradeClass, upgradeClasses } from './row-change.js'
import { upgradeLegend } from './upgrade-report.js'
import type { UpgradedSet } from './upgrade-set.js'

/**
 * A Navigator layer of the target release: each technique of the upgraded set coloured by the outcome of its rows, and the
 * candidates. If the rows of a technique differ, the outcome that needs the most attention decides.
 */
export function upgradeLayer(
  { changes, target }: UpgradedSet,
  candidates: readonly Candidate[],
  { kind, baseName, title, counts, facts }: AnalysisReport,
  report: Report,
): Artifact {
  const cells = [...groupByTechnique(changes)].map(([id, rows]) => describeCell(id, rows))
  const candidateCells = candidates.map(({ technique, tactics }): LayerCell =>
    ({ id: technique.id, word: 'candidate', comment: `New, not mapped: ${technique.name} (${tactics.join(', ')})` }))
  return reportLayerArtifact({
    kind,
    baseName,
    title,
    description: `${title}. A technique's colour shows the outcome of its rows.`,
    release: target,
    legend: upgradeLegend,
    cells: [...cells, ...candidateCells],
    facts: [...facts, ...counts],
  }, report)
}

function groupByTechnique(changes: readonly RowChange[]): ReadonlyMap<string, readonly RowChange[]> {
  const groups = new Map<string, RowChange[]>()
  for (const change of changes) {
    const id = techniqueOf(change.after)?.id
    if (id !== undefined) addToList(groups, id, change)
  }
  return groups
}

function describeCell(id: string, rows: readonly RowChange[]): LayerCell {
  const tally = new Map<string, number>()
  for (const row of rows) {
    const former = techniqueOf(row.before)?.id
    const line = [row.class, former === id ? undefined : `was ${former}`, row.why].filter((part) => part !== undefined).join(': ')
    tally.set(line, (tally.get(line) ?? 0) + 1)
  }
  const word = rows.reduce<UpgradeClass>((most, row) => (rank(row.class) > rank(most) ? row.class : most), 'unchanged')
  const lines = Array.from(tally, ([line, count]) => `${line} (${count} ${count === 1 ? 'row' : 'rows'})`)
  return { id, word, comment: lines.join('\n') }
}

/** The classes are ordered by how much attention they need. */
function rank(upgradeClass: UpgradeClass): number {
  return upgradeClasses.indexOf(upgradeClass)
}
