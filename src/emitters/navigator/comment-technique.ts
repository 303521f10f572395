import { compareText } from '../../model/compare-text.js'
import type { MappedRow } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { countNoun } from './count-noun.js'
import { capitalise, labelBearing, labelCapability } from './label-row.js'
import type { LossLedger } from './loss-ledger.js'
import { compareBearings } from './score-rows.js'
import { shortenText } from './shorten-text.js'

const mostBearings = 6
const mostCapabilities = 4
const mostComments = 3
const longestLabel = 40
const longestComment = 150

/**
 * The text of a cell's tooltip: which capabilities bear on the technique and how well, then the first few comments. Plain
 * text; Navigator keeps line ends and escapes HTML. Short enough for a screen; comments that don't fit go into the ledger.
 */
export function commentTechnique(set: ResolvedSet, rows: readonly MappedRow[], ledger: LossLedger): string {
  return [...listBearings(set, rows), ...listComments(set, rows, ledger)].join('\n')
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

function listComments(set: ResolvedSet, rows: readonly MappedRow[], ledger: LossLedger): readonly string[] {
  const comments = new Map<string, MappedRow>()
  for (const row of rows) {
    if (row.comments === undefined) continue
    const text = `${shortenText(labelCapability(set, row.capability.id), longestLabel)}: ${row.comments}`
    if (!comments.has(text)) comments.set(text, row)
  }
  if (comments.size === 0) return []
  const shown = Array.from(comments.keys()).slice(0, mostComments).map((text) => shortenText(text, longestComment))
  let cut = 0
  let firstCut: MappedRow | undefined
  for (const [index, [text, row]] of Array.from(comments).entries()) {
    if (shown[index] === text) continue
    cut++
    firstCut ??= row
  }
  ledger.add('comment', cut, firstCut?.origins[0])
  const more = comments.size > shown.length ? [`and ${countNoun(comments.size - shown.length, 'more comment')}`] : []
  return ['', ...shown, ...more]
}
