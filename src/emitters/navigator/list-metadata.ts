import { compareText } from '../../model/compare-text.js'
import type { MappedRow } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { countNoun } from './count-noun.js'
import { joinBlocks } from './join-blocks.js'
import { labelBearing, labelCapability, labelGroup, labelRelation } from './label-row.js'
import type { MetadataItem } from './layer.js'
import type { LossLedger } from './loss-ledger.js'
import { weighRow } from './score-rows.js'
import { shortenText } from './shorten-text.js'

const longestName = 120
const longestValue = 240

/**
 * A technique's metadata: an entry per capability with its name and how it bears on the technique, in a block per capability
 * group, then the references that are no addresses. At most `limit` entries with a last one that counts what was cut,
 * since Navigator shows all of them in a tooltip that cannot be scrolled.
 */
export function listMetadata(
  set: ResolvedSet, rows: readonly MappedRow[], citations: readonly string[], limit: number, ledger: LossLedger,
): readonly MetadataItem[] {
  const items = joinBlocks([...listCapabilities(set, rows), citations.map((value) => ({ name: 'Reference', value }))])
  if (items.length <= limit) return shortenItems(items, ledger)
  // A line before the last entry would count as one more; a block's heading alone would say nothing.
  const kept = items.slice(0, Math.max(limit - 1, 0))
  while (kept.length > 0 && isHeading(kept.at(-1))) kept.pop()
  const cut = items.slice(kept.length).filter((item) => 'name' in item && !isHeading(item)).length
  ledger.add('metadata', cut, rows[0]?.origins[0])
  if (limit === 0) return []
  return [...shortenItems(kept, ledger), { name: 'Not shown', value: countNoun(cut, 'more entry') }]
}

const groupHeading = 'Group'

function isHeading(item: MetadataItem | undefined): boolean {
  return item !== undefined && ('divider' in item || item.name === groupHeading)
}

function listCapabilities(set: ResolvedSet, rows: readonly MappedRow[]): readonly (readonly MetadataItem[])[] {
  const groups = new Map<string, Map<string, MappedRow[]>>()
  for (const row of rows) {
    const heading = headingOf(set, row)
    const capabilities = groups.get(heading) ?? new Map<string, MappedRow[]>()
    groups.set(heading, capabilities)
    const found = capabilities.get(row.capability.id)
    if (found) found.push(row)
    else capabilities.set(row.capability.id, [row])
  }
  return Array.from(groups)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([heading, capabilities]) => listGroup(set, heading, capabilities))
}

function listGroup(set: ResolvedSet, heading: string, capabilities: ReadonlyMap<string, readonly MappedRow[]>): readonly MetadataItem[] {
  const entries = Array.from(capabilities)
    .toSorted(([a, rowsA], [b, rowsB]) => bestWeight(rowsB) - bestWeight(rowsA) || compareText(a, b))
    .map(([id, found]) => ({ name: id, value: describeCapability(set, id, found) }))
  return heading === '' ? entries : [{ name: groupHeading, value: heading }, ...entries]
}

/** A group that merely repeats its capability (as the cloud frameworks' do) would double the height for nothing. */
function headingOf(set: ResolvedSet, row: MappedRow): string {
  if (row.group === undefined) return ''
  const group = labelGroup(set, row.group)
  return group === labelCapability(set, row.capability.id) ? '' : group
}

function describeCapability(set: ResolvedSet, id: string, rows: readonly MappedRow[]): string {
  const bearings = [...new Set(rows.map((row) => bearingWithRelation(set, row)))]
  const name = set.capabilities.get(id)?.name
  return name === undefined ? bearings.join('; ') : `${shortenText(name, longestName)}: ${bearings.join('; ')}`
}

/** Where a set has several mapping types, a score alone would not tell which. */
function bearingWithRelation(set: ResolvedSet, row: MappedRow): string {
  const bearing = labelBearing(set, row)
  return row.score === undefined || row.relation === undefined || set.relations.size < 2
    ? bearing
    : `${bearing} (${labelRelation(set, row.relation)})`
}

function bestWeight(rows: readonly MappedRow[]): number {
  return rows.reduce((best, row) => Math.max(best, weighRow(row) ?? 0), 0)
}

function shortenItems(items: readonly MetadataItem[], ledger: LossLedger): readonly MetadataItem[] {
  return items.map((item) => {
    if ('divider' in item) return item
    const short = { name: shortenText(orBlank(item.name), longestName), value: shortenText(orBlank(item.value), longestValue) }
    if (short.name !== item.name || short.value !== item.value) ledger.add('text')
    return short
  })
}

/** Navigator drops an entry without text in silence. */
function orBlank(text: string): string {
  return text.trim() === '' ? '(blank)' : text
}
