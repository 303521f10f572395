import { releaseName } from '../../attack/release-name.js'
import { frameworkTitle } from '../../emitters/table/set-title.js'
import { artifactBaseName } from '../../model/artifact-base-name.js'
import { compareText } from '../../model/compare-text.js'
import type { AnalysisReport, ReportFact } from '../../reports/analysis-report.js'
import { countCoverage } from '../../coverage/count-coverage.js'
import { coverageDocument } from './coverage-document.js'
import { coverageFacts } from './coverage-facts.js'
import { listStates } from './coverage-legend.js'
import { listScopes, type CoverageScopes } from '../../coverage/coverage-scope.js'
import type { SetCoverage } from '../../coverage/coverage.js'
import { detailTables } from './detail-tables.js'
import { sideBySideTables } from './side-by-side-tables.js'
import { tacticTables } from './tactic-tables.js'

/** A report on what one or more mapping sets cover; several are put side by side, those of a domain also together. */
export function coverageReport(scopes: CoverageScopes): AnalysisReport {
  const { sets } = scopes
  const [only] = sets
  const single = sets.length === 1 ? only : undefined
  const all = listScopes(scopes).flatMap(({ coverage }) => coverage.techniques)
  const hasThreshold = only?.threshold !== undefined
  const plan = { hasThreshold, used: new Set(all.map(({ state }) => state)) }
  const date = sets.flatMap(({ set }) => set.about.modified ?? []).toSorted(compareText).at(-1)
  return {
    kind: 'coverage',
    baseName: single ? artifactBaseName(single.set) : 'all',
    title: single
      ? `What ${frameworkTitle(single.set)} covers of ${releaseName(single.release)}`
      : `What ${sets.length} mapping sets cover of ATT&CK`,
    about: explain(scopes),
    counts: single ? coverageFacts(countCoverage(single.techniques).all, single.threshold) : [],
    facts: single ? documentFacts(single) : [],
    legend: listStates(all.map(({ state }) => state)),
    tables: [...sideBySideTables(scopes, plan), ...tacticTables(scopes, plan), ...detailTables(scopes)],
    ...(date !== undefined && { date }),
    schema: 'coverage',
    value: coverageDocument(scopes),
  }
}

function documentFacts({ set }: SetCoverage): readonly ReportFact[] {
  return [{ label: 'Documents', value: set.sources.map(({ name }) => name).join(', ') }]
}

/** What must be known to read the numbers. */
function explain({ sets, unions }: CoverageScopes): readonly string[] {
  const threshold = sets[0]?.threshold
  const differ = unions.some(({ of }) => new Set(of.map(({ release }) => release.version)).size > 1)
  return [
    'Active techniques count. One that stands in several tactics counts in each of them, and once in totals.',
    ...(threshold === undefined ? [] : [
      `A technique counts as mapped when the score of a row is ${threshold} or better; those of rows without a known score are `
        + 'counted apart.',
    ]),
    ...explainReleases(sets),
    ...(differ ? [
      'The sets refer to different ATT&CK releases: each is counted against its own, and all together against the techniques '
        + 'that any of these releases has.',
    ] : []),
  ]
}

/** Where sets are counted against another release than the one that they refer to: a sentence for all that share a reason. */
function explainReleases(sets: readonly SetCoverage[]): readonly string[] {
  const labels = new Map<string, string[]>()
  for (const { label, set, release } of sets) {
    const stated = set.attack.version
    if (stated !== undefined && release.match === 'exact') continue
    const reason = stated === undefined
      ? `the ATT&CK release is not stated; counted against ${releaseName(release)}, the newest at hand.`
      : `ATT&CK ${stated} is not at hand; counted against ${releaseName(release)}.`
    labels.set(reason, [...(labels.get(reason) ?? []), label])
  }
  return Array.from(labels, ([reason, concerned]) =>
    (sets.length > 1 ? `${concerned.join(', ')}: ${reason}` : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`))
}
