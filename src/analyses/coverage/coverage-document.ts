import { describeSetHead } from '../set-head.js'
import { countCoverage, countTactics } from '../../coverage/count-coverage.js'
import { countGroups } from './count-groups.js'
import { countScores } from './count-scores.js'
import type { CoverageScopes } from '../../coverage/coverage-scope.js'
import type { Coverage, TechniqueCoverage } from '../../coverage/coverage.js'

/** Coverage as JSON: schemas/coverage.schema.json. */
export function coverageDocument({ sets, unions }: CoverageScopes): object {
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
