import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCoverage, countTactics, type CoverageCounts, type LevelCounts } from '../../src/coverage/matrix.js'
import { coverSet, labelSets } from '../../src/coverage/cover-set.js'
import { coverageLayer } from '../../src/analyses/coverage/coverage-layer.js'
import { coverageReport } from '../../src/analyses/coverage/coverage-report.js'
import { type CoverageScopes, listScopes, uniteCoverage } from '../../src/coverage/unite-coverage.js'
import type { SetCoverage } from '../../src/coverage/coverage.js'
import { thresholds } from '../../src/coverage/row-state.js'
import { plainPalette } from '../../src/diagnostics/reporters/terminal-text.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { renderReportText } from '../../src/analyses/report/render-report-text.js'
import { reportArtifacts, reportFormats } from '../../src/analyses/report/report-artifacts.js'
import { reportLayerArtifact } from '../../src/emitters/navigator/report-layer.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { madeUpAttack } from '../support/made-up-attack.js'

// What arbitrary sets name, in two releases that differ; tactic "three" is empty in one of them.
const attack = madeUpAttack({
  'enterprise 16.1': [
    { id: 'T1027' }, { id: 'T1066', successor: 'T1027' }, { id: 'T1108', status: 'deprecated' }, { id: 'T1190', tactics: ['one', 'two'] },
    { id: 'T1553', tactics: ['two'] }, { id: 'T1553.001', tactics: ['two'] }, { id: 'T1553.002', tactics: ['two'] },
  ],
  'enterprise 17.1': [
    { id: 'T1066', tactics: ['three'] }, { id: 'T1190' }, { id: 'T1553' }, { id: 'T1553.002', tactics: ['one', 'three'] },
  ],
  'mobile 16.1': [{ id: 'T1400' }],
})

const someSets = fc.array(fc.tuple(arbitrarySet, fc.constantFrom('16.1', '17.1')), { minLength: 1, maxLength: 3 })
  .map((sets): readonly ResolvedSet[] => sets.map(([set, version]) => ({ ...set, attack: { domain: set.attack.domain, version } })))
const someThreshold = fc.constantFrom(undefined, ...thresholds)

function cover(sets: readonly ResolvedSet[], threshold?: (typeof thresholds)[number]): CoverageScopes {
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, attack, threshold))
  return { sets: covered, unions: uniteCoverage(covered) }
}

function sumStates(counts: CoverageCounts): number {
  const { mapped, belowThreshold, unscored, unmappable, named, notMentioned } = counts
  return mapped + belowThreshold + unscored + unmappable + named + notMentioned
}

function levelsOf({ all, techniques, subTechniques }: LevelCounts): readonly CoverageCounts[] {
  return [all, techniques, subTechniques]
}

function mappedBy(coverage: SetCoverage | undefined): number {
  return coverage ? countCoverage(coverage.techniques).all.mapped : 0
}

describe('coverage', () => {
  it('adds up: in every tactic and in all, the states are all techniques of ATT&CK', () => {
    fc.assert(fc.property(someSets, someThreshold, (sets, threshold) => {
      for (const { coverage } of listScopes(cover(sets, threshold))) {
        for (const counts of [countCoverage(coverage.techniques), ...countTactics(coverage).map((tactic) => tactic.counts)]) {
          for (const level of levelsOf(counts)) expect(sumStates(level)).toBe(level.attack)
          for (const key of ['attack', 'mapped', 'notMentioned', 'unmappable'] as const) {
            expect(counts.techniques[key] + counts.subTechniques[key]).toBe(counts.all[key])
          }
          expect(counts.all.onlyThroughSubTechniques).toBeLessThanOrEqual(counts.techniques.attack - counts.techniques.mapped)
        }
      }
    }))
  })

  it('accounts for every row: in a technique, or among those that cannot count', () => {
    fc.assert(fc.property(arbitrarySet, (set) => {
      const [coverage] = cover([set]).sets
      const rows = set.mappings.filter((row) => row.kind === 'mapped' && row.status !== 'non_mappable').length
      const inside = coverage?.techniques.reduce((sum, technique) => sum + technique.rows, 0) ?? 0
      const outside = coverage?.outside.reduce((sum, technique) => sum + technique.rows, 0) ?? 0
      expect(inside).toBeLessThanOrEqual(rows)
      expect(inside + outside).toBeGreaterThanOrEqual(rows)
    }))
  })

  it('only shrinks with a higher threshold; what falls out is counted apart', () => {
    fc.assert(fc.property(arbitrarySet, (set) => {
      const without = mappedBy(cover([set]).sets[0])
      let last = without
      for (const threshold of thresholds) {
        const coverage = cover([set], threshold).sets[0]
        const { mapped = 0, belowThreshold = 0, unscored = 0 } = coverage ? countCoverage(coverage.techniques).all : {}
        expect(mapped).toBeLessThanOrEqual(last)
        expect(mapped + belowThreshold + unscored).toBe(without)
        last = mapped
      }
    }))
  })

  it('of several sets together is never less than of one of them, in all and in each tactic', () => {
    fc.assert(fc.property(someSets, someThreshold, (sets, threshold) => {
      for (const union of cover(sets, threshold).unions) {
        const together = new Map(countTactics(union).map(({ tactic, counts }) => [tactic?.shortname, counts.all.mapped]))
        for (const set of union.of) {
          expect(countCoverage(union.techniques).all.mapped).toBeGreaterThanOrEqual(mappedBy(set))
          for (const { tactic, counts } of countTactics(set)) {
            expect(together.get(tactic?.shortname) ?? 0).toBeGreaterThanOrEqual(counts.all.mapped)
          }
        }
      }
    }))
  })

  it('does not depend on the order of rows', () => {
    fc.assert(fc.property(arbitrarySet, (set) => {
      const reversed = cover([{ ...set, mappings: set.mappings.toReversed() }], 'partial')
      expect(reversed.sets[0]?.techniques.map(({ best: _best, ...rest }) => rest))
        .toEqual(cover([set], 'partial').sets[0]?.techniques.map(({ best: _best, ...rest }) => rest))
    }))
  })

  it('can be written in every form, whatever documents say, and fits the terminal', async () => {
    await fc.assert(fc.asyncProperty(someSets, someThreshold, fc.integer({ min: 60, max: 200 }), async (sets, threshold, width) => {
      const scopes = cover(sets, threshold)
      const analysis = coverageReport(scopes)
      const artifacts = [
        ...reportFormats.flatMap((format) => reportArtifacts(analysis, format, () => undefined)),
        ...listScopes(scopes).map((scope) => reportLayerArtifact(coverageLayer(scope), () => undefined)),
      ]
      for (const { schema, value } of artifacts) expect(await schemaErrors(schema, value)).toEqual([])
      const text = renderReportText(analysis, { width, palette: plainPalette, unicode: false })
      const barred = text.split('\n').filter((line) => /[#.]{3}$/.test(line))
      for (const line of barred) expect(Array.from(line).length).toBeLessThanOrEqual(width)
    }), { numRuns: 40 })
  })
})
