import { releaseName } from '../../attack/attack-index.js'
import { frameworkTitle } from '../../emitters/table/set-facts.js'
import type { LegendEntry } from '../../model/report-table.js'
import type { AnalysisReport, ReportFact } from '../report/analysis-report.js'
import type { Candidate } from './find-candidates.js'
import { type UpgradeClass, upgradeClasses } from './row-change.js'
import { createUpgradeDocument, type UpgradeDocument } from './upgrade-document.js'
import type { UpgradedSet } from './upgrade-set.js'
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
    { label: 'Now the same as another row', value: counts.sameAsOthers },
    { label: 'New techniques to assess', value: counts.candidates },
  ]
  return [
    { label: 'Rows before', value: counts.rowsIn },
    { label: 'Rows after', value: counts.rowsOut },
    ...upgradeClasses.map((upgradeClass) => ({ label: classLabels[upgradeClass], value: classes[upgradeClass] })),
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
  unknown: 'Unknown to ATT&CK',
}

/** The legend of the classes, for text, workbook and layer; `candidate` appears in layers only. */
export const upgradeLegend: readonly (LegendEntry & { readonly word: UpgradeClass | 'candidate' })[] = [
  { word: 'unchanged', tone: 'same', meaning: 'the technique has not changed' },
  { word: 'renamed', tone: 'weak', meaning: 'ATT&CK renamed it' },
  { word: 'moved', tone: 'strong', meaning: 'ATT&CK moved it to other tactics' },
  { word: 'replaced', tone: 'changed', meaning: 'revoked; the row now has its successor' },
  { word: 'review', tone: 'attention', meaning: 'a person must decide; the row has not changed' },
  { word: 'gone', tone: 'removed', meaning: 'no longer in ATT&CK, without a successor; the row has not changed' },
  { word: 'unknown', tone: 'removed', meaning: 'in no available release; the row has not changed' },
  { word: 'candidate', tone: 'added', meaning: 'new in ATT&CK, in a tactic that the set covers; not mapped' },
]
