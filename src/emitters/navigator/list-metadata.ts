import { countNoun } from '../../diagnostics/counts-in-words.js'
import { compareText, shortenText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'
import { compareBearings } from '../matrix/score-rows.js'
import { joinBlocks, labelCapability, labelGroup, labelMapping, labelRelation, type MetadataItem } from './layer.js'
import type { LayerPlan, LossLedger } from './plan-layers.js'

/** Navigator does not wrap names: a long one leaves no room for the value. */
const longestName = 24
const longestCapabilityName = 48
const longestValue = 240
const groupHeading = 'Group'

/**
 * Metadata of a technique: score or mapping type of each capability ("protect partial": "AWS CloudHSM (aws_cloudhsm)"), in a block
 * per capability group, then references that are not URLs. At most `limit` entries, the last of which counts those left out:
 * Navigator shows all in a tooltip that does not scroll.
 */
export function listMetadata(
  plan: LayerPlan, rows: readonly MappedRow[], citations: readonly string[], limit: number,
): readonly MetadataItem[] {
  const { set, ledger } = plan
  const items = joinBlocks([...listCapabilities(plan, rows), citations.map((value) => ({ name: 'Reference', value }))])
  if (items.length <= limit) return items.map((item) => writeItem(set, item, ledger))
  const kept = items.slice(0, Math.max(limit - 1, 0))
  // A heading without entries below it is useless.
  while (kept.length > 0 && isHeading(kept.at(-1))) kept.pop()
  const cut = items.slice(kept.length).filter((item) => !isHeading(item)).length
  ledger.add('metadata', cut, rows[0]?.origins[0])
  if (limit === 0) return []
  return [...kept.map((item) => writeItem(set, item, ledger)), { name: 'Not shown', value: countNoun(cut, 'more entry') }]
}

/** An entry that is not written yet: complete, or of a capability. */
type Draft = MetadataItem | CapabilityDraft

/** The id of a capability, and the id of the mapping type to name with it, if any. */
interface CapabilityDraft {
  readonly name: string
  readonly capability: string
  readonly relation?: string | undefined
}

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

/** The label of the row's group; empty if it has none, or one that only repeats the capability, as in the cloud frameworks. */
function headingOf(set: ResolvedSet, row: MappedRow): string {
  if (row.group === undefined) return ''
  const group = labelGroup(set, row.group)
  return group === labelCapability(set, row.capability.id) ? '' : group
}

function listGroup(plan: LayerPlan, heading: string, rows: readonly MappedRow[]): readonly Draft[] {
  const entries = new Map<string, Draft>()
  for (const row of sortRows(rows)) {
    const relation = plan.namesRelations && row.score !== undefined ? row.relation : undefined
    const entry = { name: labelMapping(plan.set, row), capability: row.capability.id, relation }
    // The lengths keep texts apart that are the same only when joined.
    entries.set(`${entry.capability.length} ${relation?.length ?? -1} ${entry.capability}${relation ?? ''}${entry.name}`, entry)
  }
  return heading === '' ? [...entries.values()] : [{ name: groupHeading, value: heading }, ...entries.values()]
}

/** Sorts rows by their scores, then by capability. */
function sortRows(rows: readonly MappedRow[]): readonly MappedRow[] {
  // In most sets, no row has a score.
  if (rows.every(({ score }) => score === undefined)) return rows.toSorted(compareCapabilities)
  return rows.toSorted((a, b) => compareBearings(a, b) || compareCapabilities(a, b))
}

function compareCapabilities(a: MappedRow, b: MappedRow): number {
  return compareText(a.capability.id, b.capability.id)
}

function writeItem(set: ResolvedSet, item: Draft, ledger: LossLedger): MetadataItem {
  if ('divider' in item) return item
  const name = shortenText(orBlank(item.name), longestName)
  const full = 'value' in item ? item.value : writeCapability(set, item, Number.MAX_SAFE_INTEGER)
  const value = shortenText(orBlank('value' in item ? item.value : writeCapability(set, item, longestCapabilityName)), longestValue)
  if (name !== item.name || value !== full) ledger.add('text')
  return { name, value }
}

/** The id comes last and is never shortened, so that it can be read back. */
function writeCapability(set: ResolvedSet, { capability, relation }: CapabilityDraft, longest: number): string {
  const name = set.capabilities.get(capability)?.name
  const named = name === undefined ? capability : `${shortenText(name, longest)} (${capability})`
  return relation === undefined ? named : `${labelRelation(set, relation)}: ${named}`
}

/** Replaces a blank text, because Navigator silently drops entries without text. */
function orBlank(text: string): string {
  return text.trim() === '' ? '(blank)' : text
}
