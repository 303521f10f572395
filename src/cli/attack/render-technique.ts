import type { AttackHistoryEntry, AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { releaseName } from '../../attack/release-name.js'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { renderTable } from '../render-table.js'
import type { TechniqueDescription } from './describe-technique.js'

/** A technique for people: a heading, then what is known of it line by line, then its history when it was asked for. */
export function renderTechnique(description: TechniqueDescription, release: AttackReleaseView): string {
  const { id, name, parent, subtechniques, releases, history } = description
  const facts: readonly (readonly [string, string])[] = [
    ['status', describeStatus(description)],
    ...(parent ? [['part of', `${parent.id} ${parent.name}`] as const] : []),
    ['tactics', description.tactics.map((tactic) => tacticName(tactic, release)).join(', ') || 'none'],
    ...subtechniques.map((sub, index) => [index === 0 ? 'sub-techniques' : '', `${sub.id} ${sub.name}`] as const),
    ['created', description.created.slice(0, 10)],
    ['modified', description.modified.slice(0, 10)],
    ['releases', joinRange(releases[0], releases.at(-1))],
    ['STIX id', description.stixId],
  ]
  const heading = neutralise(`${id} ${name} (${releaseName(release)})`)
  return `${heading}\n${renderTable(facts)}${history ? `\n${renderHistory(history)}` : ''}`
}

/** One line for each stretch of releases in which name, tactics and status stay the same. */
function renderHistory(history: readonly AttackHistoryEntry[]): string {
  const stretches: AttackHistoryEntry[][] = []
  for (const entry of history) {
    const current = stretches.at(-1)
    if (current?.[0] && looksSame(current[0].technique, entry.technique)) current.push(entry)
    else stretches.push([entry])
  }
  const rows = stretches.flatMap((stretch) => {
    const [first] = stretch
    const last = stretch.at(-1)
    if (!first || !last) return []
    const { name, tactics, status, successor } = first.technique
    return [[
      joinRange(first.version, last.version),
      name,
      successor === undefined ? status : `${status}, replaced by ${successor}`,
      tactics.join(', '),
      joinRange(first.technique.modified.slice(0, 10), last.technique.modified.slice(0, 10)),
    ]]
  })
  return renderTable([['releases', 'name', 'status', 'tactics', 'modified'], ...rows])
}

function looksSame(left: AttackTechnique, right: AttackTechnique): boolean {
  const sameTactics = left.tactics.join() === right.tactics.join()
  return sameTactics && left.name === right.name && left.status === right.status && left.successor === right.successor
}

function describeStatus({ status, successors }: TechniqueDescription): string {
  if (status !== 'revoked') return status
  if (successors.length === 0) return 'revoked; ATT&CK names no successor'
  const steps = successors.map(({ id, name, status: own }) => `${id} ${name}${own === 'active' ? '' : ` (${own})`}`)
  return `revoked, replaced by ${steps.join(', and that by ')}`
}

function tacticName(shortname: string, { tactics }: AttackReleaseView): string {
  return tactics.find((tactic) => tactic.shortname === shortname)?.name ?? shortname
}

function joinRange(first = '', last = ''): string {
  return first === last ? first : `${first} to ${last}`
}
