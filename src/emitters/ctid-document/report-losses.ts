import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
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

const hint = 'CSV, Excel and STIX keep it.'

/** Reports what CTID's format cannot represent: each kind once, with its count and the first row concerned. */
export function reportLosses(set: ResolvedSet, { report }: EmitContext): void {
  const [first] = set.mappings
  if (first) report('emit/places-left-out', { count: set.mappings.length, hint, ...(first.origins[0] && { origin: first.origins[0] }) })
  for (const { what, isLost } of rowLosses) {
    const lost = set.mappings.filter(isLost)
    const origin = lost[0]?.origins[0]
    reportLoss(what, lost.length, origin)
  }
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
  const { printed, grouped } = printedInRows(set)
  return [
    ['longer descriptions of capabilities', capabilities.filter(({ description }) => description !== undefined).length],
    ['descriptions of groups', [...set.groups.values()].filter(({ description }) => description !== undefined).length],
    ['capabilities without a row', capabilities.filter(({ id }) => !printed.has(id)).length],
    ['names of capabilities that are in no row', capabilities.filter(({ id, name }) =>
      printed.has(id) && name !== printed.get(id)).length],
    ['groups of capabilities that are in no row', capabilities.filter(({ id, groups }) =>
      printed.has(id) && groups.some((group) => !grouped.has(JSON.stringify([id, group])))).length],
    ['version schemas other than FRAMEWORK_VERSION and ACCESS_DATE',
      isOther(set.about.versionSchema, versionSchemas) ? 1 : 0],
  ]
}

/** Names and groups of capabilities that can be read from the rows alone. */
function printedInRows(set: ResolvedSet) {
  const printed = new Map<string, string | undefined>()
  const grouped = new Set<string>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-technique') continue
    const { id, description } = mapping.capability
    printed.set(id, printed.get(id) ?? description)
    if (mapping.group !== undefined) grouped.add(JSON.stringify([id, mapping.group]))
  }
  return { printed, grouped }
}

function isOther(value: string | undefined, allowed: ReadonlySet<string>): boolean {
  return value !== undefined && !allowed.has(value)
}
