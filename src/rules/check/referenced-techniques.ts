import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import type { Domain, Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Origin } from '../../model/origin.js'

/** Rows, and where the first of them stands. */
export interface RowCount {
  count: number
  readonly origin?: Origin
}

/** A technique id that rows of a set refer to, and the release in which it is looked up. */
export interface ReferencedTechnique extends RowCount {
  readonly id: string
  readonly release: AttackReleaseView
  /** The version as stated, by the rows or by the set. */
  readonly statedVersion?: string
  /** The names that rows print beside the id, in order of appearance. */
  readonly names: Map<string, RowCount>
}

/** A set's distinct technique ids, in order of appearance. Rows that state a domain or version of their own are kept apart. */
export function referencedTechniques(set: ResolvedSet, attack: AttackIndex): readonly ReferencedTechnique[] {
  const found = new Map<string, ReferencedTechnique>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-capability') continue
    const { id, name } = mapping.technique
    const domain = rowDomain(mapping) ?? set.attack.domain
    const statedVersion = mapping.release?.attackVersion ?? set.attack.version
    const key = `${domain} ${statedVersion ?? ''} ${id}`
    let technique = found.get(key)
    if (technique) {
      technique.count += 1
    } else {
      const release = attack.release(domain, statedVersion)
      technique = { id, release, ...(statedVersion !== undefined && { statedVersion }), names: new Map(), ...firstRow(mapping) }
      found.set(key, technique)
    }
    if (name === undefined) continue
    const named = technique.names.get(name)
    if (named) named.count += 1
    else technique.names.set(name, firstRow(mapping))
  }
  return [...found.values()]
}

function firstRow({ origins: [origin] }: Mapping): RowCount {
  return { count: 1, ...(origin && { origin }) }
}

function rowDomain({ release }: Mapping): Domain | undefined {
  const [, word] = /\b(enterprise|mobile|ics)\b/.exec(release?.domain?.toLowerCase() ?? '') ?? []
  return word === 'enterprise' || word === 'mobile' || word === 'ics' ? word : undefined
}
