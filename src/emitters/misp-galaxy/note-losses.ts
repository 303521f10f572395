import { countNoun } from '../../diagnostics/count-noun.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { ClusterDraft } from './collect-clusters.js'

const mostIds = 20

/** What a galaxy cannot hold of sets, one entry for each kind of loss. */
export function noteLosses(sets: readonly ResolvedSet[], drafts: readonly ClusterDraft[]): readonly DiagnosticDetails[] {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const inClusters = drafts.flatMap((draft) => draft.rows)
  const unknown = inClusters.filter(({ row, found }) => row.kind === 'mapped' && !found).map(({ row }) => row)
  return [
    ...lose(unknown, (n) => `${n} became no relation: no release of ATT&CK holds the technique; the cluster names it`, listIds(unknown)),
    ...lose(
      inClusters.filter(({ found }) => found?.domain === 'ics').map(({ row }) => row),
      (n) => `the relations of ${n} lead nowhere: no galaxy of MISP holds techniques of ATT&CK for ICS under ATT&CK's ids`,
    ),
    ...lose(rows.filter(({ kind }) => kind === 'unmapped-technique'), (n) => `${n} without a capability became no cluster; the description counts them`),
    ...lose(inClusters.map(({ row }) => row), (n) => `${n} merged into clusters: order, places, and whose a reference is, have no room`),
    ...lose(rows.filter(({ author, release, completed }) => author ?? release ?? completed), (n) => `authors, versions and supplied fields of ${n} have no room`),
    ...lose(rows.filter(({ review }) => review), (n) => `the auditor's verdicts on ${n} have no room`),
    ...loseTexts(sets),
  ]
}

function lose(rows: readonly Mapping[], word: (rows: string) => string, found?: string): readonly DiagnosticDetails[] {
  const [first] = rows
  if (!first) return []
  const [origin] = first.origins
  return [{
    message: `MISP galaxy: ${word(countNoun(rows.length, 'row'))}`,
    count: rows.length,
    ...(origin && { origin }),
    ...(found !== undefined && { found }),
  }]
}

function loseTexts(sets: readonly ResolvedSet[]): readonly DiagnosticDetails[] {
  const count = sets.reduce((sum, { relations, groups, about }) =>
    sum + [...relations.values(), ...groups.values()].filter(({ description }) => description !== undefined).length
    + [about.contact, about.versionSchema].filter((text) => text !== undefined).length, 0)
  if (count === 0) return []
  return [{ message: `MISP galaxy: ${countNoun(count, 'text')} about mapping types, groups, contacts and version schemas have no room`, count }]
}

function listIds(rows: readonly Mapping[]): string {
  const ids = [...new Set(rows.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))]
  return ids.length > mostIds ? `${ids.slice(0, mostIds).join(', ')} and ${ids.length - mostIds} more` : ids.join(', ')
}
