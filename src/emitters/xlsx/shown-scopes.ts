import { coverDomains } from '../../coverage/cover-domains.js'
import { listScopes, type CoverageScope, type CoverageScopes } from '../../coverage/coverage-scope.js'

/** What is shown as a matrix, a chart and gaps: one scope a domain, its only set or all of its sets together. */
export function shownScopes(scopes: CoverageScopes): readonly CoverageScope[] {
  const all = listScopes(scopes)
  return coverDomains(scopes).flatMap((shown) => all.find(({ coverage }) => coverage === shown) ?? [])
}
