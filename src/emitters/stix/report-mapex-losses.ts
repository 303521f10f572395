import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { mapexRelationshipType } from './mapex-relationship-type.js'

/** What a row may say that mapex's objects have no place for. */
const rowLosses: readonly { readonly what: string; readonly isLost: (row: Mapping) => boolean }[] = [
  { what: 'scores', isLost: ({ score }) => score !== undefined },
  { what: 'comments', isLost: ({ comments }) => comments !== undefined },
  { what: 'references', isLost: ({ references }) => references !== undefined },
  { what: 'groups', isLost: ({ group }) => group !== undefined },
  { what: 'status', isLost: ({ status }) => status !== undefined && status !== 'complete' },
  { what: 'authors of single rows', isLost: ({ author }) => author !== undefined },
  { what: 'framework, versions and domain of single rows', isLost: ({ release }) => release !== undefined },
  { what: 'verdicts of auditors', isLost: ({ review }) => review !== undefined },
  { what: 'marks of what was completed', isLost: ({ completed }) => completed !== undefined },
  { what: 'techniques without a capability', isLost: ({ kind }) => kind === 'unmapped-technique' },
  { what: 'that a capability was declared to map to nothing', isLost: ({ kind }) => kind === 'unmapped-capability' },
  {
    what: 'that no mapping type is stated (related-to stands for it)',
    isLost: ({ kind, relation }) => kind === 'mapped' && relation === undefined,
  },
  { what: 'how mapping types are spelled', isLost: ({ kind, relation }) => kind === 'mapped' && isRespelled(relation) },
]

const hint = 'Profiles tip and spec carry everything.'

/** Reports what profile `mapex` leaves out: each kind once, with its count and the first row concerned. */
export function reportMapexLosses(sets: readonly ResolvedSet[], report: Report): void {
  const rows = sets.flatMap(({ mappings }) => mappings)
  for (const { what, isLost } of rowLosses) {
    const lost = rows.filter(isLost)
    const [origin] = lost[0]?.origins ?? []
    tell(what, lost.length, origin && { origin })
  }
  for (const [what, count] of listSetLosses(sets)) tell(what, count)
  const [first] = rows
  const [origin] = first?.origins ?? []
  if (first) report('emit/places-left-out', { count: rows.length, hint, ...(origin && { origin }) })

  function tell(what: string, count: number, details: Parameters<Report>[1] = {}): void {
    if (count > 0) report('emit/not-representable', { message: `Profile mapex cannot carry ${what}`, count, hint, ...details })
  }
}

function listSetLosses(sets: readonly ResolvedSet[]): readonly (readonly [string, number])[] {
  const named = sets.flatMap((set) => [...set.capabilities.values()]
    .filter(({ name, description }) => description !== undefined || (name !== undefined && !isVulnerability(set))))
  return [
    ['framework, versions, dates and other facts of sets', sets.length],
    ['names and descriptions of capabilities', named.length],
    ['repeated rows of one capability, technique and mapping type', sets.reduce((sum, set) => sum + countRepeated(set), 0)],
  ]
}

/** mapex writes the name of a vulnerability as its description. */
function isVulnerability({ framework }: ResolvedSet): boolean {
  return describeFramework(framework.id).stix.object === 'vulnerability'
}

function countRepeated({ mappings }: ResolvedSet): number {
  const mapped = mappings.filter((row) => row.kind === 'mapped')
  const keys = mapped.map((row) => JSON.stringify([row.capability.id, row.technique.id, mapexRelationshipType(row.relation)]))
  return keys.length - new Set(keys).size
}

function isRespelled(relation: string | undefined): boolean {
  return relation !== undefined && relation.replaceAll('_', '-') !== mapexRelationshipType(relation)
}
