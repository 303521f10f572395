import type { Report } from '../diagnostics/diagnostic.js'
import type { MappingSet } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import { joinRows } from './join-rows.js'
import { pairKey } from './keys.js'
import { matchRows } from './match-rows.js'
import { type JoinedRows, reportNameConflicts, reportReviewConflicts, reportScoreConflict } from './report-conflicts.js'

/**
 * Merges the rows of several documents. A row that agrees with one row of an earlier document is joined with it, adding the
 * values that only it states; a row that agrees with several is kept separate, and reported.
 */
export function mergeRows(sets: readonly MappingSet[], report: Report): readonly Mapping[] {
  // Joined rows replace rows in their slots, so that rows keep the order of first appearance.
  const slots: Mapping[] = []
  const slotOf = new Map<Mapping, number>()
  const byPair = new Map<string, Set<Mapping>>()
  const relations = new Map(sets.flatMap((set) => [...set.relations].toReversed()).toReversed())

  function addRow(row: Mapping): void {
    slotOf.set(row, slots.push(row) - 1)
    const pair = pairKey(row)
    const rows = byPair.get(pair)
    if (rows) rows.add(row)
    else byPair.set(pair, new Set([row]))
  }

  function replaceRow(old: Mapping, row: Mapping): void {
    const slot = slotOf.get(old)
    if (slot === undefined) return
    slots[slot] = row
    slotOf.delete(old)
    slotOf.set(row, slot)
    const rows = byPair.get(pairKey(old))
    rows?.delete(old)
    rows?.add(row)
  }

  const joined: JoinedRows[] = []
  for (const set of sets) {
    const matches = matchRows(set.mappings, byPair, { left: set.relations, right: relations })
    // Rows of this document are added after all of them are matched: a row that it contains twice counts twice.
    const added: Mapping[] = []
    for (const [row, match] of matches) {
      if (match.kind === 'one') {
        replaceRow(match.candidate, joinRows(match.candidate, row))
        joined.push({ first: match.candidate, second: row })
      } else {
        added.push(row)
      }
      if (match.kind === 'several') {
        const [origin] = row.origins
        report('merge/ambiguous-row', { found: `${match.candidates.length} matching rows`, ...(origin && { origin }) })
      }
      if (match.kind === 'none') reportScoreConflict(row, byPair.get(pairKey(row)) ?? [], report)
    }
    for (const row of added) addRow(row)
  }
  reportNameConflicts(joined, report)
  reportReviewConflicts(joined, report)
  return slots
}
