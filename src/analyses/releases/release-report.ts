import { type AttackReleaseView, releaseName } from '../../attack/attack-index.js'
import { createReportTable, type LegendEntry } from '../../model/report-table.js'
import type { AnalysisReport } from '../report/analysis-report.js'
import type { ReportLayer } from '../../emitters/navigator/report-layer.js'
import { type ReleaseComparison, releaseChanges, type Succession, type TechniqueChange } from './compare-releases.js'

const legend: readonly LegendEntry[] = [
  { word: 'added', tone: 'added', meaning: 'in use since then' },
  { word: 'renamed', tone: 'weak', meaning: 'has another name' },
  { word: 'moved', tone: 'strong', meaning: 'has other tactics, and maybe another name' },
  { word: 'revoked', tone: 'changed', meaning: 'replaced by its successor' },
  { word: 'deprecated', tone: 'removed', meaning: 'withdrawn, without a successor' },
  { word: 'gone', tone: 'removed', meaning: 'no longer in the release, which names no successor' },
]

/** What changes between two releases, domain by domain, as a report of the kind `attack-changes`. `from` and `to` as the user wrote them. */
export function reportReleaseChanges(comparisons: readonly ReleaseComparison[], from: string, to: string): AnalysisReport {
  const value = comparisons.map((one) => ({
    domain: one.to.domain, from: one.from.version, to: one.to.version, ...(one.to.lacks && { lacks: one.to.lacks }),
    tactics: one.tactics, techniques: one.techniques,
  }))
  const techniques = value.flatMap(({ domain, techniques: list }) => list.map((change) => ({ domain, ...change })))
  const tactics = value.flatMap(({ domain, tactics: list }) => list.map((change) => ({ domain, ...change })))
  const partial = comparisons.filter(({ to: target }) => target.lacks?.includes('successors') === true).map(({ to: target }) => releaseName(target))
  return {
    kind: 'attack-changes',
    baseName: `attack-${from}-${to}`.replaceAll(/[^\w.-]/g, '_'),
    title: `What changes from ATT&CK ${from} to ${to}`,
    about: partial.length === 0 ? [] : [`The index knows ${partial.join(' and ')} in part, without the successors of what is gone.`],
    counts: releaseChanges.map((word) => ({ label: `Techniques ${word}`, value: techniques.filter(({ change }) => change === word).length })),
    facts: comparisons.map((one) => ({ label: releaseName(one.from), value: `to ${one.to.version}: ${one.techniques.length} techniques` })),
    legend: legend.filter(({ word }) => [...techniques, ...tactics].some(({ change }) => change === word)),
    tables: [
      createReportTable({ name: 'tactics', title: 'Tactics' }, tactics, [
        { key: 'domain', title: 'Domain', kind: 'id', cell: ({ domain }) => domain },
        { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
        { key: 'tactic', title: 'Tactic', kind: 'id', cell: ({ id }) => id },
        { key: 'name_before', title: 'Before', kind: 'text', cell: ({ before }) => before },
        { key: 'name_after', title: 'Now', kind: 'text', cell: ({ after }) => after },
      ]),
      createReportTable({ name: 'techniques', title: 'Techniques' }, techniques, [
        { key: 'domain', title: 'Domain', kind: 'id', cell: ({ domain }) => domain },
        { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
        { key: 'technique', title: 'Technique', kind: 'id', cell: ({ id }) => id },
        { key: 'name_before', title: 'Before', kind: 'text', only: 'files', cell: ({ before }) => before },
        { key: 'name_after', title: 'Now', kind: 'text', only: 'files', cell: ({ after }) => after },
        { key: 'successors', title: 'Successor', kind: 'id', cell: ({ successors }) => successors.map(({ id }) => id).join(', ') },
        { key: 'tactics_added', title: 'Now in', kind: 'text', only: 'files', cell: ({ tacticsAdded }) => tacticsAdded.join(', ') },
        { key: 'tactics_removed', title: 'No longer in', kind: 'text', only: 'files', cell: ({ tacticsRemoved }) => tacticsRemoved.join(', ') },
        { key: 'details', title: 'Details', kind: 'text', only: 'text', cell: describeChange },
      ]),
    ],
    schema: 'attack-changes',
    value: { kind: 'attack-changes', domains: value },
  }
}

/** A change in a phrase: "Old name, now New name; now in Stealth; by T1685 Disable or Modify Tools". */
function describeChange({ change, before, after, successors, tacticsAdded, tacticsRemoved }: TechniqueChange): string {
  const renamed = before !== undefined && after !== undefined && before !== after && change !== 'revoked'
  const name = renamed ? `${before}, now ${after}` : before ?? after ?? ''
  const phrases = [
    name,
    ...successors.map((successor) => `by ${successor.id} ${successor.name}`),
    ...(tacticsAdded.length > 0 ? [`${change === 'added' ? 'in' : 'now in'} ${tacticsAdded.join(', ')}`] : []),
    ...(tacticsRemoved.length > 0 ? [`no longer in ${tacticsRemoved.join(', ')}`] : []),
  ]
  return phrases.join('; ')
}

/** The layer of a domain: in the newer release what is new, renamed or moved, and the successors of what was revoked. */
export function releaseChangesLayer({ from, to, techniques }: ReleaseComparison): ReportLayer {
  const title = `ATT&CK ${to.domain}: ${from.version} to ${to.version}`
  const own = techniques.filter(({ id }) => to.technique(id)?.status === 'active')
  const cells = own.map((change) => ({ id: change.id, word: change.change, comment: [describeChange(change), ...replacedBy(change.id, techniques)].join('\n') }))
  const known = new Set(cells.map(({ id }) => id))
  const others = [...new Set(techniques.flatMap(({ successors }) => successors.map(({ id }) => id)))].filter((id) => !known.has(id))
  return {
    kind: 'attack-changes',
    baseName: `attack-${from.version}-${to.version}-${to.domain}`,
    title,
    description: `${title}. What is gone has no cell; a successor names what it replaces.`,
    release: to,
    legend: legend.map((entry) => (entry.word === 'revoked' ? { ...entry, meaning: 'replaces revoked techniques' } : entry)),
    cells: [...cells, ...others.map((id) => ({ id, word: 'revoked', comment: replacedBy(id, techniques).join('\n') }))],
    facts: [],
  }
}

function replacedBy(id: string, techniques: readonly TechniqueChange[]): readonly string[] {
  return techniques.filter(({ successors }) => successors.some((successor) => successor.id === id)).map((old) => `Replaces ${old.id} ${old.before ?? ''}`)
}

/** Successors of techniques as a report of the kind `attack-successors`. */
export function reportSuccessions(successions: readonly Succession[], targets: readonly AttackReleaseView[], from: string | undefined): AnalysisReport {
  const to = targets.map(({ domain, version, lacks }) => ({ domain, version, ...(lacks && { lacks }) }))
  return {
    kind: 'attack-successors',
    baseName: `attack-${targets[0]?.version ?? ''}`,
    title: `Successors of techniques, to ${targets.map(releaseName).join(', ')}`,
    about: [],
    counts: [{ label: 'Techniques', value: successions.length }],
    facts: [],
    legend: [],
    tables: [createReportTable({ name: 'successors', title: 'Successors' }, successions, [
      { key: 'domain', title: 'Domain', kind: 'id', cell: ({ domain }) => domain },
      { key: 'technique', title: 'Technique', kind: 'id', cell: ({ id }) => id },
      { key: 'name', title: 'Name', kind: 'text', cell: ({ name }) => name },
      { key: 'status', title: 'Status', kind: 'id', cell: ({ status }) => status },
      { key: 'release', title: 'Since', kind: 'id', cell: ({ release }) => release },
      { key: 'successors', title: 'Successor', kind: 'id', cell: ({ successors }) => successors.map(({ id }) => id).join(', ') },
      { key: 'successor_names', title: 'Its name', kind: 'text', cell: ({ successors }) => successors.map(({ name }) => name).join(', ') },
      { key: 'via', title: 'Via', kind: 'id', cell: ({ via }) => via.join(', ') },
    ])],
    schema: 'attack-successors',
    value: { kind: 'attack-successors', ...(from !== undefined && { from }), to, successors: successions },
  }
}
