import { countNoun } from '../../diagnostics/counts-in-words.js'
import { compareText, shortenText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareBearings } from '../matrix/score-rows.js'
import { capitalise, labelCapability, labelMapping } from './layer.js'
import type { LossLedger } from './plan-layers.js'

const mostLabels = 6
const mostCapabilities = 4
const mostComments = 3
const longestLabel = 60
/** Characters of a cell's text. The comments share what the list of capabilities leaves. */
const textBudget = 750
const leastForComments = 300
/** With fewer metadata entries than this, a tooltip has room for more text: `charactersPerEntry` for each that is missing. */
const usualEntries = 10
const charactersPerEntry = 60

/**
 * Text of a cell's tooltip, above its `entries` metadata entries: the mapped capabilities by score or mapping type, then the first
 * comments. Plain text: Navigator keeps line ends and escapes HTML. It fits on a screen; comments that do not fit are counted in
 * the ledger.
 */
export function commentTechnique(set: ResolvedSet, rows: readonly MappedRow[], entries: number, ledger: LossLedger): string {
  const capabilities = listCapabilities(set, rows).join('\n')
  const budget = textBudget + Math.max(0, usualEntries - entries) * charactersPerEntry
  const comments = listComments(set, rows, Math.max(leastForComments, budget - capabilities.length), ledger).join('\n')
  return comments === '' ? capabilities : `${capabilities}\n\n${comments}`
}

function listCapabilities(set: ResolvedSet, rows: readonly MappedRow[]): readonly string[] {
  const byLabel = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const label = labelMapping(set, row)
    const found = byLabel.get(label)
    if (found) found.push(row)
    else byLabel.set(label, [row])
  }
  const ordered = Array.from(byLabel).toSorted(([a, [rowA]], [b, [rowB]]) => compareBearings(rowA, rowB) || compareText(a, b))
  const lines = ordered.slice(0, mostLabels).map(([label, found]) => {
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

/** Shares a budget: needs below the average are met in full, the others get equal shares of the rest. */
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
