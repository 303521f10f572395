import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import type { EmitContext } from '../emitter.js'
import { scoreCategories, scoreValues, versionSchemas } from './ctid-document.js'

/** Content of rows that CTID's format cannot represent. */
const rowLosses: readonly { readonly what: string; readonly isLost: (mapping: Mapping) => boolean }[] = [
  { what: 'verdicts, initials and remarks of auditors', isLost: ({ review }) => review !== undefined },
  { what: 'origins of completed fields', isLost: ({ completed }) => completed !== undefined },
  {
    what: 'score categories other than protect, detect and respond',
    isLost: ({ score }) => isOther(score?.category, scoreCategories),
  },
  {
    what: 'score values other than minimal, partial and significant',
    isLost: ({ score }) => isOther(score?.value, scoreValues),
  },
  {
    what: 'the status non_mappable of mapped rows',
    isLost: ({ kind, status }) => kind === 'mapped' && status === 'non_mappable',
  },
]

/** Whether a row has none of what may be lost, as most rows do. */
function isPlain({ review, completed, score, status }: Mapping): boolean {
  return review === undefined && completed === undefined && score === undefined && status !== 'non_mappable'
}

const hint = 'CSV, Excel and STIX keep it.'

/** Reports what CTID's format cannot represent: each kind once, with its count and the first row concerned. */
export function reportLosses(set: ResolvedSet, { report }: EmitContext): void {
  const [first] = set.mappings
  if (first) report('emit/places-left-out', { count: set.mappings.length, hint, ...(first.origins[0] && { origin: first.origins[0] }) })
  const lost = rowLosses.map((): { count: number; first?: Mapping } => ({ count: 0 }))
  for (const mapping of set.mappings) {
    if (isPlain(mapping)) continue
    for (const [nth, { isLost }] of rowLosses.entries()) {
      const found = lost[nth]
      if (!found || !isLost(mapping)) continue
      found.first ??= mapping
      found.count += 1
    }
  }
  for (const [nth, { what }] of rowLosses.entries()) reportLoss(what, lost[nth]?.count ?? 0, lost[nth]?.first?.origins[0])
  for (const [what, count] of setLosses(set)) {
    reportLoss(what, count)
  }

  function reportLoss(what: string, count: number, origin?: Origin): void {
    if (count === 0) return
    report('emit/not-representable', { message: `CTID's format cannot represent ${what}`, count, hint, ...(origin && { origin }) })
  }
}

function setLosses(set: ResolvedSet): readonly (readonly [string, number])[] {
  const capabilities = [...set.capabilities.values()]
  const { printed, groupsOf } = printedInRows(set)
  return [
    ['longer descriptions of capabilities', capabilities.filter(({ description }) => description !== undefined).length],
    ['descriptions of groups', [...set.groups.values()].filter(({ description }) => description !== undefined).length],
    ['capabilities without a row', capabilities.filter(({ id }) => !printed.has(id)).length],
    ['names of capabilities that are in no row', capabilities.filter(({ id, name }) =>
      printed.has(id) && name !== printed.get(id)).length],
    ['groups of capabilities that are in no row', capabilities.filter(({ id, groups }) =>
      printed.has(id) && groups.some((group) => !(groupsOf.get(id)?.has(group) ?? false))).length],
    ['version schemas other than FRAMEWORK_VERSION and ACCESS_DATE',
      isOther(set.about.versionSchema, versionSchemas) ? 1 : 0],
  ]
}

/** Names and groups of capabilities that can be read from the rows alone. */
function printedInRows(set: ResolvedSet) {
  const printed = new Map<string, string | undefined>()
  const groupsOf = new Map<string, Set<string>>()
  // Rows of a capability follow each other, mostly, and say the same of it.
  let before: CapabilityRef | undefined
  let groupBefore: string | undefined
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-technique') continue
    const { capability, group } = mapping
    if (capability === before && group === groupBefore) continue
    before = capability
    groupBefore = group
    const { id, description } = capability
    if (printed.get(id) === undefined) printed.set(id, description)
    if (group !== undefined) groupsOf.set(id, (groupsOf.get(id) ?? new Set<string>()).add(group))
  }
  return { printed, groupsOf }
}

function isOther(value: string | undefined, allowed: ReadonlySet<string>): boolean {
  return value !== undefined && !allowed.has(value)
}
