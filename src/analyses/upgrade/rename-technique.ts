import type { AttackReleaseView, AttackTechnique } from '../../attack/attack-index.js'
import { normaliseName } from '../../attack/normalise-name.js'
import { parentOf, type ReleasePair } from './release-pair.js'

/**
 * The name that goes with a technique in the target. A name that ATT&CK did not change stays as the row prints it; "Parent: Sub"
 * stays of that form. Where the row prints none, the target's.
 */
export function renameTechnique(
  printed: string | undefined,
  before: AttackTechnique | undefined,
  after: AttackTechnique,
  { source, target }: ReleasePair,
): string {
  if (printed === undefined) return after.name
  const written = normaliseName(printed)
  const full = fullName(after, target)
  if (written === normaliseName(after.name) || (full !== undefined && written === normaliseName(full))) return printed
  const fullBefore = before && source && fullName(before, source)
  if (full !== undefined && fullBefore !== undefined && written === normaliseName(fullBefore)) return full
  return before?.name === after.name ? printed : after.name
}

function fullName({ id, name }: AttackTechnique, release: AttackReleaseView): string | undefined {
  const parent = release.technique(parentOf(id) ?? '')
  return parent && `${parent.name}: ${name}`
}
