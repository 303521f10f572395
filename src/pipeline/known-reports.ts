import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { addToList } from '../model/stated.js'
import type { EmitJob } from './emit-task.js'
import type { OwnedReports } from './owned-reports.js'

/** Diagnostics and where they are among all. */
type Numbered = readonly (readonly [number, Diagnostic])[]

/**
 * Finds what was reported about the sets of a job, in order, looked up and not searched for: a run may have thousands of jobs and of reports.
 * `documents`: those that the job's notes are about. A report about one document (`owners`) is no other's, even if their sets have one name.
 */
export function knownReports(
  entries: readonly Diagnostic[], owners: OwnedReports['owners'] = new Map(),
): (job: Pick<EmitJob, 'document' | 'baseName'>, documents: Iterable<string>) => readonly Diagnostic[] {
  const all: Numbered = [...entries.entries()]
  const owned = new Map<string, [number, Diagnostic][]>()
  for (const [position, entry] of all) {
    const owner = owners.get(entry)
    if (owner !== undefined) addToList(owned, owner, [position, entry])
  }
  const findAmongAll = indexReports(all)
  const findAmongShared = indexReports(all.filter(([, entry]) => !owners.has(entry)))
  return ({ document, baseName }, documents) => {
    if (document === undefined) return inOrder(findAmongAll(baseName, documents))
    const own = (owned.get(document) ?? []).filter(([, { subject = baseName }]) => subject === baseName)
    return inOrder([...own, ...findAmongShared(baseName, documents)])
  }
}

/** Looks reports up by the set that they name, or else by their document. */
function indexReports(reports: Numbered): (baseName: string, documents: Iterable<string>) => Numbered {
  const bySubject = new Map<string, [number, Diagnostic][]>()
  const byDocument = new Map<string, [number, Diagnostic][]>()
  for (const [position, entry] of reports) {
    const { subject, origin } = entry
    if (subject !== undefined) addToList(bySubject, subject, [position, entry])
    else if (origin) addToList(byDocument, origin.document, [position, entry])
  }
  return (baseName, documents) => [...bySubject.get(baseName) ?? [], ...Array.from(documents, (name) => byDocument.get(name) ?? []).flat()]
}

function inOrder(reports: Numbered): readonly Diagnostic[] {
  return reports.toSorted(([a], [b]) => a - b).map(([, entry]) => entry)
}
