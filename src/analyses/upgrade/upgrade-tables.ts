import type { TechniqueRef } from '../../model/mapping.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import type { UpgradeClass } from './row-change.js'
import type { CandidateEntry, ChangeEntry, UpgradeDocument } from './upgrade-document.js'

/**
 * The tables of a change report. Their column titles differ from those of mapping tables, so that neither people nor programs
 * mistake the report for one.
 */
export function upgradeTables({ changes, candidates }: UpgradeDocument): readonly ReportTable[] {
  return [
    createReportTable({ name: 'techniques', title: 'Changed techniques', about: techniquesAbout }, groupChanges(changes), groupColumns),
    createReportTable({ name: 'changes', title: 'Changes', about: changesAbout, only: 'files' }, changes, changeColumns),
    createReportTable({ name: 'candidates', title: 'Candidates', about: candidatesAbout }, candidates, candidateColumns),
  ]
}

const techniquesAbout = 'The outcome of each technique, with the number of its rows.'
const changesAbout =
  'Rows that changed, wait or were decided. Fill in Decision (keep, drop, or the id of a technique) and give the file to --accept.'
const candidatesAbout = 'New techniques to assess, in tactics that the set covers. Those whose parents it maps come first.'

const groupColumns: readonly ColumnOf<ChangeGroup>[] = [
  { key: 'change', title: 'Change', kind: 'change', cell: (group) => group.class },
  { key: 'technique_before', title: 'Before', kind: 'id', cell: ({ before }) => before?.id },
  {
    key: 'technique_after', title: 'Now', kind: 'id',
    content: 'Blank if the rows wait for a decision or were dropped.',
    cell: ({ after }) => after?.id,
  },
  { key: 'rows', title: 'Rows', kind: 'number', cell: ({ rows }) => rows },
  { key: 'name_before', title: 'Name before', kind: 'text', only: 'files', cell: ({ before }) => before?.name },
  { key: 'name_after', title: 'Name now', kind: 'text', only: 'files', cell: ({ after }) => after?.name },
  { key: 'why', title: 'Why', kind: 'text', cell: ({ why }) => why },
  {
    key: 'suggested_ids', title: 'Suggested', kind: 'text', only: 'text',
    cell: ({ suggestions }) => suggestions.map(({ id }) => id).join(' '),
  },
  { key: 'suggestions', title: 'Suggested', kind: 'text', only: 'files', cell: ({ suggestions }) => listTechniques(suggestions) },
]

const changeColumns: readonly ColumnOf<ChangeEntry>[] = [
  { key: 'change', title: 'Change', kind: 'change', cell: (entry) => entry.class },
  {
    key: 'decision', title: 'Decision', kind: 'id',
    content: 'For the reviewer: keep, drop, or the id of another technique. Blank: undecided.',
    cell: ({ decision }) => decision,
  },
  { key: 'capability_of_row', title: 'Capability of the row', kind: 'id', cell: ({ capability }) => capability },
  { key: 'technique_before', title: 'Technique before', kind: 'id', cell: ({ before }) => before?.id },
  { key: 'name_before', title: 'Name before', kind: 'text', cell: ({ before }) => before?.name },
  {
    key: 'technique_after', title: 'Technique now', kind: 'id',
    content: 'Blank if a reviewer dropped the row.',
    cell: ({ after }) => after?.id,
  },
  { key: 'name_after', title: 'Name now', kind: 'text', cell: ({ after }) => after?.name },
  {
    key: 'outcome', title: 'Outcome', kind: 'id',
    content: 'changed, as before, waiting for a decision, or dropped by a reviewer.',
    cell: ({ outcome }) => outcome,
  },
  { key: 'why', title: 'Why', kind: 'text', cell: ({ why }) => why },
  { key: 'suggestions', title: 'Suggested', kind: 'text', cell: ({ suggestions }) => listTechniques(suggestions) },
  {
    key: 'same_as', title: 'Now the same as', kind: 'text',
    content: 'Another row that has become the same as this one. Both stay.',
    cell: ({ sameAs }) => sameAs,
  },
  {
    key: 'attack_version_before', title: 'ATT&CK before', kind: 'text',
    content: 'The release that the row referred to. Blank: not stated.',
    cell: ({ attackVersion }) => attackVersion,
  },
  {
    key: 'places', title: 'Found in', kind: 'text',
    cell: ({ places }) => places.map(({ document, place }) => `${document}: ${place}`).join('\n'),
  },
  {
    key: 'row_id', title: 'Row id', kind: 'text',
    content: 'The id of the row before the upgrade, by which --accept finds it.',
    cell: ({ rowId }) => rowId,
  },
]

const candidateColumns: readonly ColumnOf<CandidateEntry>[] = [
  { key: 'candidate', title: 'Candidate', kind: 'id', cell: ({ id }) => id },
  { key: 'candidate_name', title: 'Candidate name', kind: 'text', cell: ({ name }) => name },
  { key: 'covered_tactics', title: 'Tactics covered', kind: 'text', cell: ({ tactics }) => tactics.join('; ') },
  {
    key: 'replaces', title: 'Replaces', kind: 'text',
    content: 'Techniques that ATT&CK revoked in favour of it.',
    cell: ({ replaces }) => replaces.join(', '),
  },
  {
    key: 'parent_rows', title: 'Rows of its parent', kind: 'number',
    content: 'Rows of the upgraded set that map its parent.',
    cell: ({ parentRows }) => parentRows,
  },
]

function listTechniques(techniques: readonly TechniqueRef[]): string {
  return techniques.map(({ id, name }) => (name === undefined ? id : `${id} ${name}`)).join('; ')
}

/** Rows with the same technique before and now, for the same reason. */
interface ChangeGroup {
  readonly class: UpgradeClass
  readonly before: TechniqueRef | undefined
  /** Undefined if the rows wait or were dropped. */
  readonly after: TechniqueRef | undefined
  readonly why: string | undefined
  readonly suggestions: readonly TechniqueRef[]
  rows: number
}

/** Groups the rows of a change report, in the order of their first rows. */
function groupChanges(changes: readonly ChangeEntry[]): readonly ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  for (const { class: upgradeClass, before, after: current, outcome, why, suggestions } of changes) {
    const after = outcome === 'waiting' ? undefined : current
    const key = JSON.stringify([upgradeClass, before?.id, after?.id, why])
    const group = groups.get(key)
    if (group) group.rows += 1
    else groups.set(key, { class: upgradeClass, before, after, why, suggestions, rows: 1 })
  }
  return [...groups.values()]
}
