import { countNoun } from '../../diagnostics/counts-in-words.js'
import { addToList } from '../../model/stated.js'
import { shortenText } from '../../model/text.js'
import { labelRelation, type MetadataItem } from './layer.js'
import { countCapabilities, type LayerRow, longestValue, orBlank } from './layer-rows.js'
import type { Cell, LayerPlan } from './plan-layers.js'

const groupHeading = 'Group'

/**
 * Metadata of a technique: score or mapping type of each capability ("protect partial": "AWS CloudHSM (aws_cloudhsm)"), in a block
 * per capability group, then references that are not URLs. At most `limit` entries, the last of which counts those left out:
 * Navigator shows all in a tooltip that does not scroll. Those are counted without being made.
 */
export function listMetadata(plan: LayerPlan, cell: Cell, citations: readonly string[], limit: number): readonly MetadataItem[] {
  const blocks = listBlocks(plan, cell)
  let entries = citations.length
  let total = entries + blocks.length - (citations.length === 0 ? 1 : 0)
  for (const { heading, rows } of blocks) {
    entries += rows.length
    total += rows.length + (heading === '' ? 0 : 1)
  }
  const isCut = total > limit
  const room = isCut ? limit - 1 : total
  const items: MetadataItem[] = []
  let isFull = false
  for (const { heading, rows } of blocks) {
    // A heading without entries below it is useless.
    isFull ||= items.length + (items.length === 0 ? 0 : 1) + (heading === '' ? 0 : 1) >= room
    if (isFull) break
    if (items.length > 0) items.push({ divider: true })
    if (heading !== '') items.push(writeEntry(plan, groupHeading, heading))
    for (const row of rows) {
      if (items.length >= room) break
      items.push(writeRow(plan, row))
      entries--
    }
  }
  if (!isFull && citations.length > 0 && items.length + 1 < room) {
    items.push({ divider: true })
    for (const value of citations) {
      if (items.length >= room) break
      items.push(writeEntry(plan, 'Reference', value))
      entries--
    }
  }
  if (!isCut) return items
  plan.ledger.add('metadata', entries, cell.rows[0]?.row.origins[0])
  return limit === 0 ? [] : [...items, { name: 'Not shown', value: countNoun(entries, 'more entry') }]
}

/** The rows of a group that become entries. */
interface Block {
  readonly heading: string
  readonly rows: readonly LayerRow[]
}

function listBlocks(plan: LayerPlan, { ordered }: Cell): readonly Block[] {
  const groups = new Map<string, LayerRow[]>()
  for (const row of ordered) addToList(groups, row.heading, row)
  const blocks: Block[] = []
  // By UTF-16 code units.
  for (const heading of [...groups.keys()].toSorted()) blocks.push({ heading, rows: listEntries(plan, groups.get(heading) ?? []) })
  return blocks
}

/** Sorts the rows of a group, which are ordered by capability, by their scores, and leaves out those that would be written alike. */
function listEntries(plan: LayerPlan, rows: readonly LayerRow[]): readonly LayerRow[] {
  const sorted = sortByKind(rows)
  if (countCapabilities(rows) === rows.length) return sorted
  const known = new Set<string>()
  const entries: LayerRow[] = []
  for (const row of sorted) {
    const relation = namedRelation(plan, row)
    // The lengths keep texts apart that are the same only when joined.
    const key = `${row.capability.order} ${relation?.length ?? -1} ${relation ?? ''}${row.kind.label}`
    if (known.has(key)) continue
    known.add(key)
    entries.push(row)
  }
  return entries
}

function sortByKind(rows: readonly LayerRow[]): readonly LayerRow[] {
  let last = -Infinity
  for (const { kind: { rank } } of rows) {
    if (rank < last) return rows.toSorted((a, b) => a.kind.rank - b.kind.rank)
    last = rank
  }
  return rows
}

/** The mapping type to name beside the score. */
function namedRelation({ namesRelations }: LayerPlan, { row: { score, relation } }: LayerRow): string | undefined {
  return namesRelations && score !== undefined ? relation : undefined
}

function writeRow(plan: LayerPlan, row: LayerRow): MetadataItem {
  const { kind, capability } = row
  const relation = namedRelation(plan, row)
  const full = relation === undefined ? capability.named : `${labelRelation(plan.set, relation)}: ${capability.named}`
  const value = shortenText(orBlank(full), longestValue)
  if (capability.isNameCut || value !== full || kind.name !== kind.label) plan.ledger.add('text')
  return { name: kind.name, value }
}

function writeEntry({ ledger }: LayerPlan, name: string, text: string): MetadataItem {
  const value = shortenText(orBlank(text), longestValue)
  if (value !== text) ledger.add('text')
  return { name, value }
}
