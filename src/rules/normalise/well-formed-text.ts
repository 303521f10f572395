import { countIllFormed, toWellFormed } from '../../model/well-formed-text.js'
import type { NormaliseRule } from '../rule.js'

/**
 * Lone surrogates, as escapes in JSON and YAML can state them, become U+FFFD in all texts of a set: no emitter could encode them. First of
 * all rules, so that ids and names are compared and hashed as they are written.
 */
export const wellFormedText: NormaliseRule = (set, report) => {
  const { value, changed } = toWellFormed(set)
  if (changed === 0) return set
  const [origin] = set.mappings.find((mapping) => countIllFormed(mapping) > 0)?.origins ?? []
  report('normalise/lone-surrogate', { count: changed, ...(origin && { origin }) })
  return value
}
