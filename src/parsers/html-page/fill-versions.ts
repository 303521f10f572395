import type { PageRow } from '../page/page-content.js'

/** Gives rows without a link the version of their framework, where all the other rows of that framework agree on one. */
export function fillVersions(rows: readonly PageRow[]): readonly PageRow[] {
  const versions = new Map<string, Set<string>>()
  for (const { framework, frameworkVersion } of rows) {
    if (!framework || frameworkVersion === undefined) continue
    versions.set(framework.id, (versions.get(framework.id) ?? new Set()).add(frameworkVersion))
  }
  return rows.map((row) => {
    const known = row.framework && row.frameworkVersion === undefined ? versions.get(row.framework.id) : undefined
    const [version] = known ?? []
    return known?.size === 1 && version !== undefined ? { ...row, frameworkVersion: version } : row
  })
}
