import { releaseName } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { Artifact } from '../../emitters/emitter.js'
import { frameworkTitle } from '../../emitters/table/set-facts.js'
import type { LegendEntry } from '../../model/report-table.js'
import { addToList } from '../../model/stated.js'
import type { AnalysisReport, ReportFact } from '../report/analysis-report.js'
import { type LayerCell, reportLayerArtifact } from '../../emitters/navigator/report-layer.js'
import type { Candidate, UpgradedSet } from './upgrade-set.js'
import { type RowChange, techniqueOf, type UpgradeClass, upgradeClasses } from './row-change.js'
import { createUpgradeDocument, type UpgradeDocument } from './upgrade-document.js'
import { upgradeTables } from './upgrade-tables.js'

/** The change report of an upgraded set. `baseName`: the base name of the set's artifacts. */
export function reportUpgrade(upgraded: UpgradedSet, candidates: readonly Candidate[], baseName: string): AnalysisReport {
  const { former, source, target } = upgraded
  const document = createUpgradeDocument(upgraded, candidates)
  const isStated = former.attack.version !== undefined
  const from = source ? releaseName(source) : `an ATT&CK release that is ${isStated ? 'not available' : 'not stated'}`
  const date = former.about.modified ?? former.about.created
  return {
    kind: 'upgrade',
    baseName,
    title: `${frameworkTitle(former)}: from ${from} to ${target.version}`,
    about: [],
    counts: countFacts(document),
    facts: [
      { label: 'From', value: isStated && source?.match !== 'exact' ? `${from} (stated: ${former.attack.version})` : from },
      { label: 'To', value: releaseName(target) },
    ],
    legend: upgradeLegend.filter(({ word }) => word !== 'candidate'),
    tables: upgradeTables(document),
    ...(date !== undefined && { date }),
    schema: 'upgrade',
    value: document,
  }
}

function countFacts({ counts }: UpgradeDocument): readonly ReportFact[] {
  const { classes } = counts
  const optional: readonly ReportFact[] = [
    { label: 'Waiting for a decision', value: counts.open },
    { label: 'Decided by a reviewer', value: counts.decided },
    { label: 'Dropped by a reviewer', value: counts.dropped },
    { label: 'Merged into another row', value: counts.merged ?? 0 },
    { label: 'Now the same as another row', value: counts.sameAsOthers },
    { label: 'New techniques to assess', value: counts.candidates },
  ]
  return [
    { label: 'Rows before', value: counts.rowsIn },
    { label: 'Rows after', value: counts.rowsOut },
    ...upgradeClasses.filter((one) => one !== 'undetermined' || classes[one] > 0).map((upgradeClass) => ({ label: classLabels[upgradeClass], value: classes[upgradeClass] })),
    ...optional.filter(({ value }) => value !== 0),
  ]
}

const classLabels: Readonly<Record<UpgradeClass, string>> = {
  unchanged: 'Unchanged',
  renamed: 'Renamed',
  moved: 'Moved to other tactics',
  replaced: 'Replaced',
  review: 'To review',
  gone: 'Gone from ATT&CK',
  undetermined: 'Undetermined',
  unknown: 'Unknown to ATT&CK',
}

/** The legend of the classes, for text, workbook and layer; `candidate` appears in layers only. */
const upgradeLegend: readonly (LegendEntry & { readonly word: UpgradeClass | 'candidate' })[] = [
  { word: 'unchanged', tone: 'same', meaning: 'the technique has not changed' },
  { word: 'renamed', tone: 'weak', meaning: 'ATT&CK renamed it' },
  { word: 'moved', tone: 'strong', meaning: 'ATT&CK moved it to other tactics' },
  { word: 'replaced', tone: 'changed', meaning: 'revoked; the row now has its successor' },
  { word: 'review', tone: 'attention', meaning: 'a person must decide; the row has not changed' },
  { word: 'gone', tone: 'removed', meaning: 'no longer in ATT&CK, without a successor; the row has not changed' },
  { word: 'undetermined', tone: 'attention', meaning: 'the index does not know what became of it; the row has not changed' },
  { word: 'unknown', tone: 'removed', meaning: 'in no available release; the row has not changed' },
  { word: 'candidate', tone: 'added', meaning: 'new in ATT&CK, in a tactic that the set covers; not mapped' },
]

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
  let word: UpgradeClass = 'unchanged'
  let line = ''
  let lines = 0
  let last: RowChange | undefined
  for (const row of rows) {
    // Most rows of a technique have one outcome, which is written and counted once.
    if (!last || last.class !== row.class || last.why !== row.why || techniqueOf(last.before)?.id !== techniqueOf(row.before)?.id) {
      if (last) tally.set(line, (tally.get(line) ?? 0) + lines)
      line = describeOutcome(id, row)
      lines = 0
      if (rank(row.class) > rank(word)) word = row.class
    }
    last = row
    lines += 1
  }
  if (last) tally.set(line, (tally.get(line) ?? 0) + lines)
  const outcomes = Array.from(tally, ([outcome, count]) => `${outcome} (${count} ${count === 1 ? 'row' : 'rows'})`)
  return { id, word, comment: outcomes.join('\n') }
}

function describeOutcome(id: string, { before, class: upgradeClass, why }: RowChange): string {
  const former = techniqueOf(before)?.id
  return [upgradeClass, former === id ? undefined : `was ${former}`, why].filter((part) => part !== undefined).join(': ')
}

/** The classes are ordered by how much attention they need. */
function rank(upgradeClass: UpgradeClass): number {
  return upgradeClasses.indexOf(upgradeClass)
}
