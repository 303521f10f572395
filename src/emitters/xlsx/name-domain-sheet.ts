import type { CoverageScope } from '../../coverage/coverage-scope.js'

const domainTitles = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

/** "Matrix", or "Matrix Mobile" where several domains are shown. */
export function nameDomainSheet(kind: string, { coverage }: CoverageScope, shown: readonly CoverageScope[]): string {
  return shown.length > 1 ? `${kind} ${domainTitles[coverage.domain]}` : kind
}
