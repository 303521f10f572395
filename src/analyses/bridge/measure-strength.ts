import type { Bearing } from './technique-weights.js'

/** How closely two capabilities are related, each figure from 0 to 1. */
export interface Strength {
  /** The geometric mean of the two shares. */
  readonly strength: number
  /** How much of what the left capability bears on the right one bears on too, and the other way round. */
  readonly leftShare: number
  readonly rightShare: number
}

/**
 * The strength of a relation: with weights l(t) and r(t) of the techniques, S = sum of min(l(t), r(t)); the shares are S / sum
 * l and S / sum r, and the strength is S / sqrt(sum l * sum r) (Ochiai's coefficient, for weighted sets). Sides can be
 * swapped. It rises when a technique of one side becomes shared, when a shared weight nears a greater one of the other side,
 * and when a technique that is not shared goes. Weights are whole numbers above 0.
 */
export function measureStrength(shared: number, left: number, right: number): Strength {
  return { strength: Math.min(1, shared / Math.sqrt(left * right)), leftShare: shared / left, rightShare: shared / right }
}

/** The sum of the weights. */
export function sumWeights(bearings: Iterable<Bearing>): number {
  let sum = 0
  for (const { weight } of bearings) sum += weight
  return sum
}
