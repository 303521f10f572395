import { attackDomains } from '../../attack/attack-domains.js'
import { compareVersions } from '../../attack/compare-versions.js'
import { buildMatrix } from '../../coverage/build-matrix.js'
import { coverSet } from '../../coverage/cover-set.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from '../../coverage/coverage.js'
import { nameTactic } from '../../coverage/name-tactic.js'
import { uniteCoverage } from '../../coverage/unite-coverage.js'
import { attackTitle } from '../table/set-title.js'
import { techniqueIndex, type ReportBuilder } from './report-builder.js'
import type { ReportMatrix, ReportOutside } from './report-data.js'

/** The matrices of the sets' domains, and the techniques of each set that have no cell there, set by set. */
export interface BuiltMatrices {
  readonly matrices: readonly ReportMatrix[]
  readonly outside: readonly (readonly ReportOutside[])[]
}

/** Asks the coverage of the sets what the matrices hold. */
export function buildMatrices(builder: ReportBuilder): BuiltMatrices {
  const { sets, context: { attack } } = builder
  const covered = sets.map((set, index) => coverSet({ label: String(index), set }, attack))
  const unions = uniteCoverage(covered)
  const matrices = attackDomains.flatMap((domain) => {
    const ofDomain = covered.filter((coverage) => coverage.domain === domain)
    const coverage = unions.find((union) => union.domain === domain) ?? ofDomain[0]
    return coverage ? [describeMatrix(coverage, ofDomain, builder)] : []
  })
  const outside = covered.map(({ set, outside: found }) =>
    found.map(({ reason, rows, ...technique }) => ({ technique: techniqueIndex(builder, technique, set.attack), reason, rows })))
  return { matrices, outside }
}

function describeMatrix(coverage: SetCoverage | UnionCoverage, of: readonly SetCoverage[], builder: ReportBuilder): ReportMatrix {
  const { domain, release: { version } } = coverage
  const versions = [...new Set(of.map(({ release }) => release.version))].toSorted(compareVersions)
  const indexOf = (technique: TechniqueCoverage): number => techniqueIndex(builder, technique, { domain, version })
  return {
    title: attackTitle({ attack: { domain, version: versions.join(', ') } }),
    tactics: buildMatrix(coverage).map(({ tactic, entries }) => ({
      name: builder.clean(nameTactic(tactic)),
      entries: entries.map(({ technique, subTechniques }) => [indexOf(technique), ...subTechniques.map(indexOf)] as const),
    })),
  }
}
