import { countNoun } from '../../diagnostics/counts-in-words.js'
import { compareText, shortenText } from '../../model/text.js'
import type { CapabilityTexts, KindTexts, LayerRow } from './layer-rows.js'
import type { LossLedger } from './loss-ledger.js'
import type { Cell } from './plan-layers.js'

const mostLabels = 6
const mostCapabilities = 4
const mostComments = 3
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
export function commentTechnique(cell: Cell, entries: number, ledger: LossLedger): string {
  const capabilities = listCapabilities(cell)
  const budget = textBudget + Math.max(0, usualEntries - entries) * charactersPerEntry
  const comments = listComments(cell.rows, Math.max(leastForComments, budget - capabilities.length), ledger)
  return comments === '' ? capabilities : `${capabilities}\n\n${comments}`
}

/** The capabilities that are mapped in the same way, by id. */
interface Mapped {
  readonly kind: KindTexts
  readonly capabilities: CapabilityTexts[]
}

function listCapabilities(cell: Cell): string {
  const mapped = groupByLabel(cell)
  const sorted = mapped.length === 1 ? mapped : mapped.toSorted((a, b) => a.kind.rank - b.kind.rank || compareText(a.kind.label, b.kind.label))
  const text = sorted.slice(0, mostLabels).map(writeMapped).join('\n')
  return sorted.length > mostLabels ? `${text}\nand ${sorted.length - mostLabels} more kinds of mapping` : text
}

function groupByLabel({ rows, ordered }: Cell): readonly Mapped[] {
  const byLabel = new Map<string, Mapped>()
  let last: Mapped | undefined
  // Of kinds with one label, the first is that of the first row.
  for (const { kind } of rows) if (kind !== last?.kind) last = takeMapped(byLabel, kind)
  for (const { kind, capability } of ordered) {
    if (kind !== last?.kind) last = takeMapped(byLabel, kind)
    if (last.capabilities.at(-1) !== capability) last.capabilities.push(capability)
  }
  return [...byLabel.values()]
}

function writeMapped({ kind, capabilities }: Mapped): string {
  const names = capabilities.slice(0, mostCapabilities).map(({ short }) => short)
  const more = capabilities.length > names.length ? ` and ${capabilities.length - names.length} more` : ''
  return `${kind.title}: ${names.join(', ')}${more}`
}

function takeMapped(byLabel: Map<string, Mapped>, kind: KindTexts): Mapped {
  const known = byLabel.get(kind.label)
  if (known) return known
  const made = { kind, capabilities: [] }
  byLabel.set(kind.label, made)
  return made
}

function listComments(rows: readonly LayerRow[], budget: number, ledger: LossLedger): string {
  const commented = listDifferent(rows)
  if (commented.length === 0) return ''
  const first = commented.slice(0, mostComments).map(writeComment)
  const lengths = shareBudget(first.map((text) => text.length), budget)
  const shown = first.map((text, index) => shortenText(text, lengths[index] ?? 0))
  const firstCut = first.findIndex((text, index) => text !== shown[index])
  const cut = first.filter((text, index) => text !== shown[index]).length
  const more = commented.length - shown.length
  ledger.add('comment', cut + more, commented[firstCut === -1 ? shown.length : firstCut]?.row.origins[0])
  if (more > 0) shown.push(`and ${countNoun(more, 'more comment')}`)
  return shown.join('\n')
}

function writeComment({ capability, row }: LayerRow): string {
  return `${capability.short}: ${row.comments ?? ''}`
}

/** The rows with comments, but for those whose capability and comment are written as those of an earlier one. */
function listDifferent(rows: readonly LayerRow[]): readonly LayerRow[] {
  const known = new Map<string, Set<string>>()
  const found: LayerRow[] = []
  for (const row of rows) {
    const { comments } = row.row
    if (comments === undefined) continue
    const { short } = row.capability
    const labels = known.get(comments)
    if (labels?.has(short)) continue
    if (labels) labels.add(short)
    else known.set(comments, new Set([short]))
    found.push(row)
  }
  return found
}

/** Shares a budget: needs below the average are met in full, the others get equal shares of the rest. */
function shareBudget(needs: readonly number[], budget: number): readonly number[] {
  const shares = [...needs]
  let left = budget
  let open = needs.length
  // The least need first.
  for (const index of [...needs.keys()].toSorted((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0))) {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / open))
    shares[index] = share
    left -= share
    open--
  }
  return shares
}
