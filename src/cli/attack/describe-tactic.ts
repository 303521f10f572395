import type { AttackReleaseView, AttackTactic } from '../../attack/attack-index.js'
import { releaseName } from '../../attack/release-name.js'
import type { Domain } from '../../model/mapping.js'
import { renderFacts, type Fact } from './render-facts.js'

/** A tactic in one release: what `attack show --format json` prints. */
export interface TacticDescription extends AttackTactic {
  readonly kind: 'tactic'
  readonly domain: Domain
  readonly version: string
  /** Its column in the matrix, from 1. */
  readonly position: number
  /** Active techniques, without sub-techniques. */
  readonly techniques: readonly string[]
}

/** Gathers what a release knows of a tactic. */
export function describeTactic(release: AttackReleaseView, tactic: AttackTactic): TacticDescription {
  const techniques = release
    .techniques()
    .filter(({ id, status, tactics }) => status === 'active' && !id.includes('.') && tactics.includes(tactic.shortname))
  return {
    kind: 'tactic',
    domain: release.domain,
    version: release.version,
    ...tactic,
    position: release.tactics.indexOf(tactic) + 1,
    techniques: techniques.map(({ id }) => id),
  }
}

/** A tactic for people: a heading, then what is known of it, then its techniques. */
export function renderTactic(description: TacticDescription, release: AttackReleaseView, width: number): string {
  const { id, name, shortname, deprecated, position, techniques, stixId } = description
  const facts: readonly Fact[] = [
    ['status', deprecated === true ? 'deprecated' : 'active'],
    ['short name', shortname],
    ['position', `${position} of ${release.tactics.length}`],
    ['STIX id', stixId],
    ...techniques.map((technique, index): Fact => [
      index === 0 ? 'techniques' : '',
      `${technique} ${release.technique(technique)?.name ?? ''}`,
    ]),
  ]
  return renderFacts(`${id} ${name} (${releaseName(release)})`, facts, width)
}
