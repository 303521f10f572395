import type { AttackIndex } from '../../attack/attack-index.js'
import type { ReferencedTechnique } from './referenced-techniques.js'

/**
 * The technique that a sub-technique's id names before its dot, where there is none: its release lacks it though it holds the
 * sub-technique, or no release of any domain ever had it.
 */
export function lackedParent({ id, release }: Pick<ReferencedTechnique, 'id' | 'release'>, attack: AttackIndex): string | undefined {
  const [, parent] = /^(T\d{4})\.\d{3}$/.exec(id) ?? []
  if (parent === undefined) return undefined
  const isThere = release.technique(id) ? release.technique(parent) !== undefined : attack.domainsOf(parent).length > 0
  return isThere ? undefined : parent
}
