import { type AttackIndex, domainNames } from '../attack/attack-index.js'
import { type Against, type AgainstProblem, chooseAgainst } from '../coverage/cover-against.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { PlacedSet } from '../model/mapping-set.js'

/** Adversaries that a request names cannot be chosen. Thrown before documents are read. */
export class AdversaryError extends Error {
  constructor(readonly details: AgainstProblem) {
    super(details.problem)
    this.name = 'AdversaryError'
  }
}

/** The adversaries that a request names, from the bundle of the run. Throws AdversaryError. */
export function chooseAdversaries(attack: AttackIndex, wanted: readonly string[] = []): Against | undefined {
  if (wanted.length === 0) return undefined
  const chosen = chooseAgainst(attack, wanted)
  if ('problem' in chosen) throw new AdversaryError(chosen)
  return chosen
}

/** Reports if no set is of the domain of the adversaries' bundle: nothing can be said of them then. */
export function reportOtherDomain(sets: readonly PlacedSet[], { release: { domain, version }, adversaries }: Against, report: Report): void {
  if (sets.length === 0 || sets.some(({ set }) => set.attack.domain === domain)) return
  const names = adversaries.map(({ name }) => name).join(', ')
  report('emit/against-other-domain', {
    message: `No mapping set is of ${domainNames[domain]} ATT&CK, which the bundle with ${names} is of`, found: `${domain} ${version}`,
  })
}
