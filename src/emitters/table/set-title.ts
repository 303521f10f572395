import type { ResolvedSet } from '../../model/mapping-set.js'

const domainNames = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

/** "AWS 12/12/2024 and Enterprise ATT&CK 16.1": what is mapped to what, as far as stated. */
export function setTitle(set: ResolvedSet): string {
  return `${frameworkTitle(set)} and ${attackTitle(set)}`
}

/** "Enterprise ATT&CK 16.1". */
export function attackTitle({ attack }: Pick<ResolvedSet, 'attack'>): string {
  return joinStated(`${domainNames[attack.domain]} ATT&CK`, attack.version)
}

/** "AWS 12/12/2024". */
export function frameworkTitle({ framework }: ResolvedSet): string {
  return joinStated(framework.name, framework.version)
}

/** The title of several sets together. */
export function setsTitle(sets: readonly ResolvedSet[]): string {
  const [only] = sets
  return only && sets.length === 1 ? setTitle(only) : `${sets.length} mapping sets and ATT&CK`
}

function joinStated(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ')
}
