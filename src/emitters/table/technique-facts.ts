import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import { techniquePage } from '../../attack/attack-page.js'
import type { Domain } from '../../model/mapping.js'

/** What ATT&CK says of a technique. */
export interface TechniqueFacts {
  readonly status: 'active' | 'deprecated' | 'revoked' | 'unknown'
  /** As that release has it. */
  readonly name?: string
  /** Names of tactics, in the order of the matrix. */
  readonly tactics: readonly string[]
  /** Its page; absent for an id that can't have one. */
  readonly url?: string
}

export type LookUpTechnique = (id: string, domain: Domain, version: string | undefined) => TechniqueFacts

/** Looks up techniques, each once. */
export function createTechniqueLookup(attack: AttackIndex): LookUpTechnique {
  const releases = new Map<string, { readonly view: AttackReleaseView; readonly facts: Map<string, TechniqueFacts> }>()
  return (id, domain, version) => {
    const key = `${domain} ${version ?? ''}`
    let release = releases.get(key)
    if (!release) {
      release = { view: attack.release(domain, version), facts: new Map() }
      releases.set(key, release)
    }
    const known = release.facts.get(id) ?? describeTechnique(id, release.view)
    release.facts.set(id, known)
    return known
  }
}

function describeTechnique(id: string, view: AttackReleaseView): TechniqueFacts {
  const technique = view.technique(id)
  const names = new Map(view.tactics.map(({ shortname, name }) => [shortname, name]))
  const url = techniquePage(id)
  return {
    status: technique?.status ?? 'unknown',
    tactics: technique?.tactics.map((shortname) => names.get(shortname) ?? shortname) ?? [],
    ...(technique && { name: technique.name }),
    ...(url !== undefined && { url }),
  }
}
