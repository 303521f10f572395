import type { AttackReleaseView, AttackTechnique } from './attack-index.js'

/**
 * The techniques that replaced a revoked one in a release, in turn, to the end: the last is the one to use now. Empty when
 * ATT&CK names none. The last may be revoked or deprecated itself. A successor that the release lacks ends the chain.
 */
export function followSuccessors(release: AttackReleaseView, technique: AttackTechnique): readonly AttackTechnique[] {
  const chain: AttackTechnique[] = []
  // A bundle may be wrong, and revoke in a circle.
  const seen = new Set([technique.id])
  let next = technique.successor
  while (next !== undefined && !seen.has(next)) {
    seen.add(next)
    const successor = release.technique(next)
    if (!successor) break
    chain.push(successor)
    next = successor.successor
  }
  return chain
}
