/**
 * What a mapping set says of a technique, the most telling first: a technique is in the first of these states that applies.
 *
 * - `mapped`: a row maps a capability to it; under a threshold, one whose score reaches it.
 * - `below-threshold`: rows map to it, and the best of their scores does not reach the threshold.
 * - `unscored`: rows map to it without a known score, so that a threshold can't judge them.
 * - `unmappable`: a row without a capability declares that nothing maps to it (status non_mappable).
 * - `named`: it stands in rows that neither map it nor declare it unmappable.
 * - `not-mentioned`: it stands in no row.
 */
const coverageStates = ['mapped', 'below-threshold', 'unscored', 'unmappable', 'named', 'not-mentioned'] as const

export type CoverageState = (typeof coverageStates)[number]

/** The more telling of two states. */
export function betterState(a: CoverageState, b: CoverageState): CoverageState {
  return coverageStates.indexOf(a) <= coverageStates.indexOf(b) ? a : b
}
