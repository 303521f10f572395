import { type AttackTactic, compareVersions } from '../../attack/attack-index.js'
import { countCoverage, countTactics, type CoverageCounts, nameTactic } from '../../coverage/matrix.js'
import { type CoverageScope, type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { setTitle } from '../../emitters/table/set-facts.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { attackDomains } from '../../model/vocabulary.js'
import { countColumns, type CountColumnsPlan, shareColumns } from './tactic-tables.js'

/** With several sets: a table with a row per set, then a table per domain with a column per set. None for a single set. */
export function sideBySideTables(scopes: CoverageScopes, plan: CountColumnsPlan): readonly ReportTable[] {
  if (scopes.sets.length < 2) return []
  const all = listScopes(scopes)
  const domains = attackDomains.filter((domain) => all.some(({ coverage }) => coverage.domain === domain))
  return [
    setTable(all, plan),
    ...domains.map((domain) => domainTable(domain, all.filter(({ coverage }) => coverage.domain === domain))),
  ]
}

function setTable(all: readonly CoverageScope[], plan: CountColumnsPlan): ReportTable {
  const items = all.map((scope) => ({ ...scope, counts: countCoverage(scope.coverage.techniques) }))
  const about = 'Techniques and sub-techniques together, each once.'
  return createReportTable({ name: 'sets', title: 'Mapping sets', about, uncounted: true }, items, [
    { key: 'set', title: 'Set', kind: 'id', cell: ({ label }) => label },
    {
      key: 'title', title: 'Mapping set', kind: 'text', only: 'files', content: 'Blank: all sets of the domain together',
      cell: ({ coverage }) => ('set' in coverage ? setTitle(coverage.set) : null),
    },
    {
      key: 'attack_version', title: 'Release', kind: 'id', only: 'files',
      content: 'The ATT&CK release counted against; several for several sets',
      cell: ({ coverage }) => listReleases(coverage).join(', '),
    },
    { key: 'attack_versions', title: 'Release', kind: 'id', only: 'text', cell: ({ coverage }) => spanReleases(listReleases(coverage)) },
    ...countColumns('all', plan, { key: '', title: '' }),
  ])
}

function listReleases(coverage: CoverageScope['coverage']): readonly string[] {
  if ('set' in coverage) return [coverage.release.version]
  return [...new Set(coverage.of.map(({ release }) => release.version))].toSorted(compareVersions)
}

/** "14.1, 16.1", or "8.2 to 16.1" for more than two. */
function spanReleases(versions: readonly string[]): string {
  return versions.length <= 2 ? versions.join(', ') : `${versions[0] ?? ''} to ${versions.at(-1) ?? ''}`
}

interface TacticRow {
  readonly tactic: AttackTactic | undefined
  readonly title: string
  /** By scope, in their order; undefined if its release does not have the tactic. */
  readonly counts: readonly (CoverageCounts | undefined)[]
}

function domainTable(domain: string, scopes: readonly CoverageScope[]): ReportTable {
  const found = scopes.map(({ coverage }) => ({ total: countCoverage(coverage.techniques).all, tactics: countTactics(coverage) }))
  const tactics = new Map<string | undefined, AttackTactic | undefined>()
  // The last scope is the union, which has every tactic in order, unless there is only one.
  for (const { tactic } of found.at(-1)?.tactics ?? []) tactics.set(tactic?.shortname, tactic)
  const rows: readonly TacticRow[] = [
    ...Array.from(tactics, ([shortname, tactic]) => ({
      tactic,
      title: nameTactic(tactic),
      counts: found.map((one) => one.tactics.find((other) => other.tactic?.shortname === shortname)?.counts.all),
    })),
    { tactic: undefined, title: 'All tactics', counts: found.map(({ total }) => total) },
  ]
  const head = { name: `side-by-side-${domain}`, title: `Side by side (${domain})`, uncounted: true } as const
  return createReportTable({ ...head, about: 'The mapped share of each tactic.' }, rows, [
    { key: 'tactic_id', title: 'Tactic id', kind: 'id', only: 'files', cell: ({ tactic }) => tactic?.id },
    { key: 'tactic', title: 'Tactic', kind: 'id', cell: ({ title }) => title },
    ...scopes.flatMap(({ label }, index) => scopeColumns(label, index)),
  ])
}

/** CSV column keys number the sets, since labels contain text of documents. */
function scopeColumns(label: string, index: number): readonly ColumnOf<TacticRow>[] {
  const key = `set${index + 1}`
  const counts = ({ counts: all }: TacticRow): CoverageCounts | undefined => all[index]
  return [
    { key: `${key}_in_attack`, title: `${label}: ATT&CK`, kind: 'number', only: 'files', cell: (row) => counts(row)?.attack },
    { key: `${key}_mapped`, title: `${label}: mapped`, kind: 'number', only: 'files', cell: (row) => counts(row)?.mapped },
    ...shareColumns(counts, { key: `${key}_covered`, title: `${label}: covered`, short: label }),
  ]
}
