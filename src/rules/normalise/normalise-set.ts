import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { NormaliseRule } from '../rule.js'
import { conflictingNames } from './conflicting-names.js'
import { knownScores } from './known-scores.js'
import { techniqueIds } from './technique-ids.js'
import { wellFormedText } from './well-formed-text.js'

/** The rules, in the order in which they are applied. */
const rules: readonly NormaliseRule[] = [wellFormedText, techniqueIds, knownScores, conflictingNames]

/** Applies every normalising rule to a set. */
export function normaliseSet(set: ResolvedSet, report: Report): ResolvedSet {
  return rules.reduce((current, rule) => rule(current, report), set)
}
