import { releaseName } from '../../attack/attack-index.js'
import type { Coverage, SetCoverage, TechniqueCoverage } from '../../coverage/coverage.js'
import { countCoverage, countTactics } from '../../coverage/matrix.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { frameworkTitle } from '../../emitters/table/set-facts.js'
import { compareText } from '../../model/compare-text.js'
import { artifactBaseName } from '../../model/set-facts.js'
import { type AnalysisReport, describeSetHead, type ReportFact } from '../report/analysis-report.js'
import { countGroups } from './count-groups.js'
import { countScores } from './count-scores.js'
import { coverageFacts, listStates } from './coverage-legend.js'
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

/** Coverage as JSON: schemas/coverage.schema.json. */
function coverageDocument({ sets, unions }: CoverageScopes): object {
  const threshold = sets[0]?.threshold
  return {
    kind: 'coverage',
    ...(threshold !== undefined && { threshold }),
    sets: sets.map((coverage) => ({
      label: coverage.label,
      set: describeSetHead(coverage.set),
      countedAgainst: describeRelease(coverage.release),
      ...describeCoverage(coverage),
      groups: countGroups(coverage),
      scores: countScores(coverage),
      notCounted: coverage.outside,
      techniques: coverage.techniques.map(describeTechnique),
    })),
    unions: unions.map((coverage) => ({
      domain: coverage.domain,
      of: coverage.of.map(({ label }) => label),
      countedAgainst: coverage.of.map(({ release }) => describeRelease(release)),
      ...describeCoverage(coverage),
      techniques: coverage.techniques.map(describeTechnique),
    })),
  }
}

function describeRelease({ domain, version, match }: { domain: string; version: string; match: string }): object {
  return { domain, version, match }
}

function describeCoverage(coverage: Coverage): object {
  return {
    counts: countCoverage(coverage.techniques),
    tactics: countTactics(coverage).map(({ tactic, counts }) => ({
      ...(tactic && {
        id: tactic.id, shortname: tactic.shortname, name: tactic.name, ...(tactic.deprecated && { deprecated: true }),
      }),
      counts,
    })),
  }
}

function describeTechnique(technique: TechniqueCoverage): object {
  const { id, name, tactics, state, onlyThroughSubTechniques, rows, capabilities, best } = technique
  return {
    id, name, tactics, state, rows,
    ...(onlyThroughSubTechniques && { onlyThroughSubTechniques }),
    ...(capabilities.length > 0 && { capabilities }),
    ...(best.size > 0 && { bestScores: Array.from(best, ([category, value]) => ({ category, value })) }),
  }
}
