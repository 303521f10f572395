import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import { releaseName } from '../../attack/release-name.js'
import { renderFacts, type Fact } from './render-facts.js'
import { describeHistory } from './describe-history.js'
import { describeRange } from './describe-range.js'
import type { TechniqueDescription } from './describe-technique.js'

/** A technique for people: a heading, then what is known of it line by line, then its history when it was asked for. */
export function renderTechnique(description: TechniqueDescription, index: AttackIndex, width: number): string {
  const release = index.release(description.domain, description.version)
  const { id, name, parent, subtechniques, releases, history } = description
  const facts: readonly Fact[] = [
    ['status', describeStatus(description)],
    ...(parent ? [['part of', `${parent.id} ${parent.name}`] as const] : []),
    ['tactics', description.tactics.map((tactic) => tacticName(tactic, release)).join(', ') || 'none'],
    ...subtechniques.map((sub, position) => [position === 0 ? 'sub-techniques' : '', `${sub.id} ${sub.name}`] as const),
    ['created', description.created.slice(0, 10)],
    ['modified', description.modified.slice(0, 10)],
    ['releases', describeRange(releases[0], releases.at(-1))],
    ['STIX id', description.stixId],
  ]
  const told = renderFacts(`${id} ${name} (${releaseName(release)})`, facts, width)
  if (!history) return told
  const stretches = describeHistory(history, (tactic, version) => tacticName(tactic, index.release(release.domain, version)))
  const parts = stretches.map(({ releases: range, facts: changed }) => renderFacts(`ATT&CK ${range}`, changed, width, '  '))
  return [told, ...parts].join('\n')
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
