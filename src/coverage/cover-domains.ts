import { attackDomains } from '../attack/attack-domains.js'
import type { CoverageScopes } from './coverage-scope.js'
import type { SetCoverage, UnionCoverage } from './coverage.js'

/** What the sets of each domain cover together, in the order of domains: one matrix a domain. A single set stands for itself. */
export function coverDomains({ sets, unions }: CoverageScopes): readonly (SetCoverage | UnionCoverage)[] {
  return attackDomains.flatMap((wanted) => {
    const found = [...unions, ...sets].find(({ domain }) => domain === wanted)
    return found ? [found] : []
  })
}
