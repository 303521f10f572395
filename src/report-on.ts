import type { Report } from './diagnostics/diagnostic.js'
import { artifactBaseName } from './model/artifact-base-name.js'
import type { ResolvedSet } from './model/mapping-set.js'

/** Reports on one set: a page may hold several, and each set's workbook shows its own notes. */
export function reportOn(set: ResolvedSet, report: Report): Report {
  const subject = artifactBaseName(set)
  return (code, details) => report(code, { subject, ...details })
}
