import type { AttackTactic } from '../attack/attack-index.js'
import type { TechniqueCoverage } from './coverage.js'

/** The tactics that count: the live ones, and of the deprecated ones those in which an active technique still stands. */
export function listTactics(
  tactics: readonly AttackTactic[], techniques: readonly Pick<TechniqueCoverage, 'tactics'>[],
): readonly AttackTactic[] {
  const used = new Set(techniques.flatMap((technique) => technique.tactics))
  return tactics.filter(({ deprecated, shortname }) => deprecated !== true || used.has(shortname))
}
