import { releaseName } from '../../attack/attack-index.js'
import type { Coverage, SetCoverage, TechniqueCoverage } from '../../coverage/coverage.js'
import { countCoverage, countTactics } from '../../coverage/matrix.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { capitalise } from '../../emitters/navigator/layer.js'
import { frameworkTitle } from '../../emitters/table/set-facts.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import { countGroups } from './count-groups.js'
import { countScores, detailTables } from './detail-tables.js'
import { coverageFacts, listStates } from './coverage-layer.js'
import { sideBySideTables } from './side-by-side-tables.js'
import { tacticTables } from './tactic-tables.js'

/** Reports the coverage of one or more mapping sets; several sets side by side, and those of a domain also together. */
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
      ? `Coverage of ${releaseName(single.release)} by ${frameworkTitle(single.set)}`
      : `Coverage of ATT&CK by ${sets.length} mapping sets`,
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
  return [{ label: 'Documents', value: listDocuments(set) }]
}

/** Sentences that explain the numbers. */
function explain({ sets, unions }: CoverageScopes): readonly string[] {
  const threshold = sets[0]?.threshold
  const differ = unions.some(({ of }) => new Set(of.map(({ release }) => release.version)).size > 1)
  return [
    'Only active techniques count. A technique in several tactics counts in each of them, but once in totals.',
    ...(threshold === undefined ? [] : [
      `A technique counts as mapped if a row scores it ${threshold} or better; techniques whose rows have no known score are `
        + 'counted separately.',
    ]),
    ...explainReleases(sets),
    ...(differ ? [
      'The sets refer to different ATT&CK releases: each is counted against its own, and all together against the techniques '
        + 'of any of these releases.',
    ] : []),
  ]
}

/** A sentence for each reason why sets are counted against a release other than the one that they refer to. */
function explainReleases(sets: readonly SetCoverage[]): readonly string[] {
  const labels = new Map<string, string[]>()
  for (const { label, set, release } of sets) {
    const stated = set.attack.version
    if (stated !== undefined && release.match === 'exact') continue
    const reason = stated === undefined
      ? `the ATT&CK release is not stated; counted against ${releaseName(release)}, the newest that is available.`
      : `ATT&CK ${stated} is not available; counted against ${releaseName(release)}.`
    addToList(labels, reason, label)
  }
  return Array.from(labels, ([reason, concerned]) =>
    (sets.length > 1 ? `${concerned.join(', ')}: ${reason}` : capitalise(reason)))
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
