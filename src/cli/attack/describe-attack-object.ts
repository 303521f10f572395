import { wrapText } from '../../analyses/report/fit-width.js'
import {
  addFullRelease, type AttackHistoryEntry, type AttackIndex, type AttackReleaseView, type AttackTactic, type AttackTechnique, describeLacks,
  parentOf, releaseName, tacticPage, techniquePage,
} from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import type { Domain } from '../../model/mapping.js'
import { type Namesake, namesakes } from './attack-names.js'

type Named = Pick<AttackTechnique, 'id' | 'name' | 'status'>

/** A technique in one release, as printed by `attack show --format json`. */
interface TechniqueDescription extends AttackTechnique {
  readonly kind: 'technique'
  readonly domain: Domain
  readonly version: string
  /** Techniques that replaced it, in order: the last is the one to use now. */
  readonly successors: readonly Named[]
  readonly parent?: Named
  readonly subtechniques: readonly Named[]
  /** Available releases of the domain that contain it. */
  readonly releases: readonly string[]
  /** Address of its page at attack.mitre.org. */
  readonly page?: string
  /** Objects of other domains with the same id or name. */
  readonly otherDomains: readonly Namesake[]
  readonly history?: readonly AttackHistoryEntry[]
}

/** Describes a technique in a release. */
export function describeTechnique(
  index: AttackIndex,
  release: AttackReleaseView,
  technique: AttackTechnique,
  withHistory: boolean,
): TechniqueDescription {
  const parentId = parentOf(technique.id)
  const parent = parentId === undefined ? undefined : release.technique(parentId)
  const history = index.history(technique.id).filter(({ domain }) => domain === release.domain)
  const subtechniques = release.techniques().filter(({ id, status }) => status === 'active' && id.startsWith(`${technique.id}.`))
  return {
    kind: 'technique',
    domain: release.domain,
    version: release.version,
    ...technique,
    successors: followSuccessors(release, technique).map(pickName),
    ...(parent && { parent: pickName(parent) }),
    subtechniques: subtechniques.map(pickName),
    releases: history.map(({ version }) => version),
    ...pageOf(techniquePage(technique.id)),
    otherDomains: namesakes(index, release.domain, technique.id, technique.name),
    ...(withHistory && { history }),
  }
}

function pageOf(page: string | undefined): { readonly page?: string } {
  return page === undefined ? {} : { page }
}

function listNamesakes(others: readonly Namesake[]): readonly Fact[] {
  return others.map(({ id, name, ...release }, position) => [position === 0 ? 'other domains' : '', `${id} ${name} (${releaseName(release)})`])
}

function pickName({ id, name, status }: AttackTechnique): Named {
  return { id, name, status }
}

/** Renders a technique as text: a heading, a line for each fact, and the history if it was requested. */
export function renderTechnique(description: TechniqueDescription, index: AttackIndex, width: number): string {
  const release = index.release(description.domain, description.version)
  const { id, name, parent, subtechniques, releases, history } = description
  const lacks = describeLacks(release)
  const newest = index.release(description.domain)
  const isGone = newest.technique(id) === undefined && newest.lacks?.includes('successors') === true && !releases.includes(newest.version)
  const facts: readonly Fact[] = [
    ['status', describeStatus(description)],
    ...(parent ? [['parent', `${parent.id} ${parent.name}`] as const] : []),
    ['tactics', description.tactics.map((tactic) => tacticName(tactic, release)).join(', ') || 'none'],
    ...subtechniques.map((sub, position) => [position === 0 ? 'sub-techniques' : '', `${sub.id} ${sub.name}`] as const),
    ['created', dayOf(description.created) ?? unknownDate],
    ['modified', dayOf(description.modified) ?? unknownDate],
    ['releases', describeRange(releases[0], releases.at(-1))],
    ['STIX id', description.stixId],
    ...(description.page === undefined ? [] : [['page', description.page] as const]),
    ...listNamesakes(description.otherDomains),
    ...(isGone ? [['gone', `not in ${releaseName(newest)}, whose successors are not in the index (${addFullRelease})`] as const] : []),
    ...(lacks === undefined ? [] : [['partial', `the index lacks ${lacks}`] as const]),
  ]
  const current = renderFacts(`${id} ${name} (${releaseName(release)})`, facts, width)
  if (!history) return current
  const periods = describeHistory(history, (tactic, version) => tacticName(tactic, index.release(release.domain, version)))
  const parts = periods.map(({ releases: range, facts: changed }) => renderFacts(`ATT&CK ${range}`, changed, width, '  '))
  return [current, ...parts].join('\n')
}

const unknownDate = 'unknown (a partial release)'

function dayOf(moment: string | undefined): string | undefined {
  return moment?.slice(0, 10)
}

function describeStatus({ status, successors }: TechniqueDescription): string {
  if (status !== 'revoked') return status
  if (successors.length === 0) return 'revoked; ATT&CK names no successor'
  const steps = successors.map(({ id, name, status: own }) => `${id} ${name}${own === 'active' ? '' : ` (${own})`}`)
  return `revoked, replaced by ${steps.join(', which was replaced by ')}`
}

function tacticName(shortname: string, { tactics }: AttackReleaseView): string {
  return tactics.find((tactic) => tactic.shortname === shortname)?.name ?? shortname
}

/** Consecutive releases with the same name, status and tactics. */
interface HistoryPeriod {
  /** "11.3 to 18.1" */
  readonly releases: string
  /** All facts for the first period, changed facts for the others; and the modification dates. */
  readonly facts: readonly Fact[]
}

/** Groups the history of a technique into periods, oldest first. `nameTactic` returns the name of a tactic in a release. */
function describeHistory(
  history: readonly AttackHistoryEntry[],
  nameTactic: (shortname: string, version: string) => string,
): readonly HistoryPeriod[] {
  const periods: { facts: readonly Fact[]; entries: AttackHistoryEntry[] }[] = []
  for (const entry of history) {
    const facts = describeEntry(entry, nameTactic)
    const current = periods.at(-1)
    if (current && facts.every(([, text], index) => text === current.facts[index]?.[1])) current.entries.push(entry)
    else periods.push({ facts, entries: [entry] })
  }
  return periods.map(({ facts, entries }, number) => {
    const before = periods[number - 1]?.facts
    const [first, last] = [entries[0], entries.at(-1)]
    const modified = describeRange(dayOf(first?.technique.modified) ?? unknownDate, dayOf(last?.technique.modified) ?? unknownDate)
    return {
      releases: describeRange(first?.version, last?.version),
      facts: [...facts.filter(([, text], index) => text !== before?.[index]?.[1]), ['modified', modified]],
    }
  })
}

function describeEntry(
  { version, technique }: AttackHistoryEntry,
  nameTactic: (shortname: string, version: string) => string,
): readonly Fact[] {
  const { name, status, successor, tactics } = technique
  return [
    ['name', name],
    ['status', successor === undefined ? status : `${status}, replaced by ${successor}`],
    ['tactics', tactics.map((tactic) => nameTactic(tactic, version)).join(', ') || 'none'],
  ]
}

/** A range as text: "8.2 to 18.1", or a single value if both ends are the same. */
function describeRange(first = '', last = ''): string {
  return first === last ? first : `${first} to ${last}`
}

/** A tactic in one release, as printed by `attack show --format json`. */
interface TacticDescription extends AttackTactic {
  readonly kind: 'tactic'
  readonly domain: Domain
  readonly version: string
  /** Its column in the matrix, from 1. */
  readonly position: number
  /** Address of its page at attack.mitre.org. */
  readonly page?: string
  /** Tactics of other domains with the same name. */
  readonly otherDomains: readonly Namesake[]
  /** Ids of its active techniques, without sub-techniques. */
  readonly techniques: readonly string[]
}

/** Describes a tactic in a release. */
export function describeTactic(index: AttackIndex, release: AttackReleaseView, tactic: AttackTactic): TacticDescription {
  const techniques = release
    .techniques()
    .filter(({ id, status, tactics }) => status === 'active' && !id.includes('.') && tactics.includes(tactic.shortname))
  return {
    kind: 'tactic',
    domain: release.domain,
    version: release.version,
    ...tactic,
    position: release.tactics.indexOf(tactic) + 1,
    ...pageOf(tacticPage(tactic.id)),
    otherDomains: namesakes(index, release.domain, tactic.id, tactic.name),
    techniques: techniques.map(({ id }) => id),
  }
}

/** Renders a tactic as text: a heading, a line for each fact, and its techniques. */
export function renderTactic(description: TacticDescription, release: AttackReleaseView, width: number): string {
  const { id, name, shortname, deprecated, position, techniques, stixId } = description
  const facts: readonly Fact[] = [
    ['status', deprecated === true ? 'deprecated' : 'active'],
    ['short name', shortname],
    ['position', `${position} of ${release.tactics.length}`],
    ['STIX id', stixId],
    ...(description.page === undefined ? [] : [['page', description.page] as const]),
    ...listNamesakes(description.otherDomains),
    ...techniques.map((technique, index): Fact => [
      index === 0 ? 'techniques' : '',
      `${technique} ${release.technique(technique)?.name ?? ''}`,
    ]),
  ]
  return renderFacts(`${id} ${name} (${releaseName(release)})`, facts, width)
}

/** A label and its text. The label is '' for further values of the previous one. */
type Fact = readonly [label: string, text: string]

/** Renders a heading and facts in two columns, wrapped to a width. */
function renderFacts(heading: string, facts: readonly Fact[], width: number, indent = ''): string {
  const labelWidth = Math.max(0, ...facts.map(([label]) => label.length)) + 2
  const lines = facts.flatMap(([label, text]) =>
    wrapText(neutralise(text), width - indent.length - labelWidth)
      .split('\n')
      .map((line, index) => `${indent}${(index === 0 ? label : '').padEnd(labelWidth)}${line}`))
  return `${[wrapText(neutralise(heading), width), ...lines].join('\n')}\n`
}
