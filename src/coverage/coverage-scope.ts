import type { SetCoverage, UnionCoverage } from './coverage.js'

/** Several sets, or one, and what those of a domain cover together: what tables are made of. */
export interface CoverageScopes {
  readonly sets: readonly SetCoverage[]
  readonly unions: readonly UnionCoverage[]
}

/** One of the sets, or a union of them, as tables name it. */
export interface CoverageScope {
  readonly label: string
  readonly coverage: SetCoverage | UnionCoverage
}

/** The sets in their order, then the unions. */
export function listScopes({ sets, unions }: CoverageScopes): readonly CoverageScope[] {
  return [
    ...sets.map((coverage) => ({ label: coverage.label, coverage })),
    ...unions.map((coverage) => ({ label: unionLabel(coverage), coverage })),
  ]
}

/** "all (enterprise)": no id of a framework has parentheses. */
function unionLabel({ domain }: Pick<UnionCoverage, 'domain'>): string {
  return `all (${domain})`
}
