import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'

/** Brings one thing of a set into its one form, and says what it changed or can't decide. */
export type NormaliseRule = (set: ResolvedSet, report: Report) => ResolvedSet
