import type { AttackReleaseView } from '../attack/attack-index.js'

const techniqueId = /^T\d{4}(?:\.\d{3})?$/

/** Why a matrix has no cell for a technique; Navigator skips such a technique in silence. */
export type Unshowable = 'unknown' | 'revoked' | 'deprecated'

/** Why a technique has no cell in the matrix of the release; undefined where it has one. */
export function whyUnshowable(id: string, release: AttackReleaseView): Unshowable | undefined {
  const technique = techniqueId.test(id) ? release.technique(id) : undefined
  if (!technique) return 'unknown'
  return technique.status === 'active' ? undefined : technique.status
}
