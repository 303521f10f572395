import type { Diagnostic, DiagnosticLog, Report } from '../diagnostics/diagnostic.js'

/** Reports that are about one document of a run: where documents are not merged, sets of several have the same name. */
export interface OwnedReports {
  /** A report of what is about a document; about the run if there is none. */
  readonly about: (document?: string) => Report
  /** The documents that diagnostics are about. */
  readonly owners: ReadonlyMap<Diagnostic, string>
}

/** Notes the documents of what is reported to a log. */
export function ownReports({ report, entries }: DiagnosticLog): OwnedReports {
  const owners = new Map<Diagnostic, string>()
  return {
    owners,
    about(document) {
      if (document === undefined) return report
      return (code, details) => {
        report(code, details)
        const reported = entries.at(-1)
        if (reported) owners.set(reported, document)
      }
    },
  }
}
