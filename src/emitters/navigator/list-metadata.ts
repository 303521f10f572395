import { countNoun } from '../../diagnostics/counts-in-words.js'
import { compareText, shortenText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareBearings } from '../matrix/score-rows.js'
import { joinBlocks, labelBearing, labelCapability, labelGroup, labelRelation, type MetadataItem } from './layer.js'
import type { LayerPlan, LossLedger } from './plan-layers.js'

/** Navigator never breaks a name: a long one would leave no room for the value. */
const longestName = 24
const longestCapabilityName = 48
const longestValue = 240
const groupHeading = 'Group'

/**
 * A technique's metadata: how each capability bears on it ("protect partial": "AWS CloudHSM (aws_cloudhsm)"), in a block per
 * capability group, then the references that are no addresses. At most `limit` entries, the last of which counts what was
 * cut, since Navigator shows all of them in a tooltip that cannot be scrolled.
 */
export function listMetadata(plan: LayerPlan, rows: readonly MappedRow[], citations: readonly string[], limit: number): readonly MetadataItem[] {
  const { set, ledger } = plan
  const items = joinBlocks([...listCapabilities(plan, rows), citations.map((value) => ({ name: 'Reference', value }))])
  if (items.length <= limit) return items.map((item) => writeItem(set, item, ledger))
  const kept = items.slice(0, Math.max(limit - 1, 0))
  // A block's heading says nothing without an entry below it.
  while (kept.length > 0 && isHeading(kept.at(-1))) kept.pop()
  const cut = items.slice(kept.length).filter((item) => !isHeading(item)).length
  ledger.add('metadata', cut, rows[0]?.origins[0])
  if (limit === 0) return []
  return [...kept.map((item) => writeItem(set, item, ledger)), { name: 'Not shown', value: countNoun(cut, 'more entry') }]
}

/** An entry before it is worded: `value` is a text, or `capability` an id; `relation` is said where it tells something. */
type Draft = MetadataItem | { readonly name: string; readonly capability: string; readonly relation?: string | undefined }

function isHeading(item: Draft | undefined): boolean {
  return item !== undefined && ('divider' in item || item.name === groupHeading)
}

function listCapabilities(plan: LayerPlan, rows: readonly MappedRow[]): readonly (readonly Draft[])[] {
  const groups = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const heading = headingOf(plan.set, row)
    const found = groups.get(heading)
    if (found) found.push(row)
    else groups.set(heading, [row])
  }
  return Array.from(groups)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([heading, found]) => listGroup(plan, heading, found))
}

/** A group that merely repeats its capability (as the cloud frameworks' do) would double the height for nothing. */
function headingOf(set: ResolvedSet, row: MappedRow): string {
  if (row.group === undefined) return ''
  const group = labelGroup(set, row.group)
  return group === labelCapability(set, row.capability.id) ? '' : group
}

function listGroup(plan: LayerPlan, heading: string, rows: readonly MappedRow[]): readonly Draft[] {
  const entries = new Map<string, Draft>()
  for (const row of rows.toSorted((a, b) => compareBearings(a, b) || compareText(a.capability.id, b.capability.id))) {
    const relation = plan.namesRelations && row.score !== undefined ? row.relation : undefined
    const entry = { name: labelBearing(plan.set, row), capability: row.capability.id, relation }
    entries.set(JSON.stringify(entry), entry)
  }
  return heading === '' ? [...entries.values()] : [{ name: groupHeading, value: heading }, ...entries.values()]
}

function writeItem(set: ResolvedSet, item: Draft, ledger: LossLedger): MetadataItem {
  if ('divider' in item) return item
  const name = shortenText(orBlank(item.name), longestName)
  const full = 'value' in item ? item.value : nameCapability(set, item, Number.MAX_SAFE_INTEGER)
  const value = shortenText(orBlank('value' in item ? item.value : nameCapability(set, item, longestCapabilityName)), longestValue)
  if (name !== item.name || value !== full) ledger.add('text')
  return { name, value }
}

/** The id comes last and whole, so that it can be read back. */
function nameCapability(set: ResolvedSet, item: { readonly capability: string; readonly relation?: string | undefined }, longest: number): string {
  const name = set.capabilities.get(item.capability)?.name
  const named = name === undefined ? item.capability : `${shortenText(name, longest)} (${item.capability})`
  return item.relation === undefined ? named : `${labelRelation(set, item.relation)}: ${named}`
}

/** Navigator drops an entry without text in silence. */
function orBlank(text: string): string {
  return text.trim() === '' ? '(blank)' : text
}
