import { countNoun } from '../../diagnostics/counts-in-words.js'
import { compareText, shortenText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareBearings } from '../matrix/score-rows.js'
import { capitalise, labelBearing, labelCapability } from './layer.js'
import type { LossLedger } from './plan-layers.js'

const mostBearings = 6
const mostCapabilities = 4
const mostComments = 3
const longestLabel = 60
/** Letters of a cell's text in all; what the list of capabilities leaves is for the comments, which share it. */
const textBudget = 750
const leastForComments = 300
/** A tooltip with fewer metadata entries than this has room for more text: so many letters for each that is missing. */
const usualEntries = 10
const lettersPerEntry = 60

/**
 * The text of a cell's tooltip, which has `entries` metadata entries below it: which capabilities bear on the technique and how
 * well, then the first few comments. Plain text; Navigator keeps line ends and escapes HTML. Short enough for a screen;
 * comments that don't fit go into the ledger.
 */
export function commentTechnique(set: ResolvedSet, rows: readonly MappedRow[], entries: number, ledger: LossLedger): string {
  const bearings = listBearings(set, rows).join('\n')
  const budget = textBudget + Math.max(0, usualEntries - entries) * lettersPerEntry
  const comments = listComments(set, rows, Math.max(leastForComments, budget - bearings.length), ledger).join('\n')
  return comments === '' ? bearings : `${bearings}\n\n${comments}`
}

function listBearings(set: ResolvedSet, rows: readonly MappedRow[]): readonly string[] {
  const bearings = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const label = labelBearing(set, row)
    const found = bearings.get(label)
    if (found) found.push(row)
    else bearings.set(label, [row])
  }
  const ordered = Array.from(bearings).toSorted(([a, [rowA]], [b, [rowB]]) => compareBearings(rowA, rowB) || compareText(a, b))
  const lines = ordered.slice(0, mostBearings).map(([label, found]) => {
    const ids = [...new Set(found.map((row) => row.capability.id))].toSorted(compareText)
    const names = ids.slice(0, mostCapabilities).map((id) => shortenText(labelCapability(set, id), longestLabel))
    const more = ids.length > names.length ? ` and ${ids.length - names.length} more` : ''
    return `${shortenText(capitalise(label.replaceAll('_', ' ')), longestLabel)}: ${names.join(', ')}${more}`
  })
  return ordered.length > lines.length ? [...lines, `and ${ordered.length - lines.length} more kinds of mapping`] : lines
}

function listComments(set: ResolvedSet, rows: readonly MappedRow[], budget: number, ledger: LossLedger): readonly string[] {
  const comments = new Map<string, MappedRow>()
  for (const row of rows) {
    if (row.comments === undefined) continue
    const text = `${shortenText(labelCapability(set, row.capability.id), longestLabel)}: ${row.comments}`
    if (!comments.has(text)) comments.set(text, row)
  }
  if (comments.size === 0) return []
  const first = Array.from(comments.keys()).slice(0, mostComments)
  const lengths = shareBudget(first.map((text) => text.length), budget)
  const shown = first.map((text, index) => shortenText(text, lengths[index] ?? 0))
  let cut = 0
  let firstCut: MappedRow | undefined
  for (const [index, [text, row]] of Array.from(comments).entries()) {
    if (shown[index] === text) continue
    cut++
    firstCut ??= row
  }
  ledger.add('comment', cut, firstCut?.origins[0])
  const more = comments.size > shown.length ? [`and ${countNoun(comments.size - shown.length, 'more comment')}`] : []
  return [...shown, ...more]
}

/** Gives each what it needs, and where that is too much in all, the long ones the same: what the short ones leave is theirs. */
function shareBudget(needs: readonly number[], budget: number): readonly number[] {
  let left = budget
  let open = needs.length
  const shares = new Map<number, number>()
  for (const [index, need] of Array.from(needs.entries()).toSorted(([, a], [, b]) => a - b)) {
    const share = Math.min(need, Math.floor(left / open))
    shares.set(index, share)
    left -= share
    open--
  }
  return needs.map((_need, index) => shares.get(index) ?? 0)
}
