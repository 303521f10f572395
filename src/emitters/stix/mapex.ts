import type { Report } from '../../diagnostics/diagnostic.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { capabilityReference } from './describe-rows.js'
import { type CapabilityDraft, mergeCommon, mergeRows, type RelationshipDraft } from './drafts.js'
import { mapexRelationshipType } from './profiles.js'
import { type CapabilityObject, type Relationship, statedFields } from './stix-object.js'

/** Builds a capability as mapex does: named by its id, and only vulnerabilities have a description and a reference. */
export function buildMapexCapability(draft: CapabilityDraft): CapabilityObject {
  const { from, type, capability: { id, name } } = draft
  const common = mergeCommon(from, draft.sets)
  const reference = capabilityReference(from.set.framework.id, id)
  const isVulnerability = type === 'vulnerability'
  return statedFields<CapabilityObject>({
    type,
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: id,
    description: isVulnerability ? name : undefined,
    external_references: isVulnerability && reference.source_name === 'cve' ? [reference] : undefined,
    object_marking_refs: common.object_marking_refs,
  })
}

/** Builds a relationship as mapex does: its type is the mapping type, its source the capability, its target the technique. */
export function buildMapexRelationship(draft: RelationshipDraft): Relationship {
  const common = mergeRows(draft.from, draft.rows)
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    relationship_type: draft.type,
    source_ref: draft.capability,
    target_ref: draft.technique,
    object_marking_refs: common.object_marking_refs,
  }
}

/** Content of rows that mapex's objects cannot represent. */
const rowLosses: readonly { readonly what: string; readonly isLost: (row: Mapping) => boolean }[] = [
  { what: 'scores', isLost: ({ score }) => score !== undefined },
  { what: 'comments', isLost: ({ comments }) => comments !== undefined },
  { what: 'references', isLost: ({ references }) => references !== undefined },
  { what: 'groups', isLost: ({ group }) => group !== undefined },
  { what: 'status', isLost: ({ status }) => status !== undefined && status !== 'complete' },
  { what: 'authors of individual rows', isLost: ({ author }) => author !== undefined },
  { what: 'framework, versions and domain of individual rows', isLost: ({ release }) => release !== undefined },
  { what: "auditors' verdicts", isLost: ({ review }) => review !== undefined },
  { what: 'origins of completed fields', isLost: ({ completed }) => completed !== undefined },
  { what: 'techniques without a capability', isLost: ({ kind }) => kind === 'unmapped-technique' },
  { what: 'rows of capabilities that map to no technique', isLost: ({ kind }) => kind === 'unmapped-capability' },
  {
    what: 'missing mapping types (related-to is written instead)',
    isLost: ({ kind, relation }) => kind === 'mapped' && relation === undefined,
  },
  { what: 'the spelling of mapping types', isLost: ({ kind, relation }) => kind === 'mapped' && isRespelled(relation) },
]

const hint = 'The profiles tip and spec omit nothing.'

/** Reports what the profile `mapex` omits: each kind once, with its count and the first row concerned. */
export function reportMapexLosses(sets: readonly ResolvedSet[], report: Report): void {
  const rows = sets.flatMap(({ mappings }) => mappings)
  for (const { what, isLost } of rowLosses) {
    const lost = rows.filter(isLost)
    const [origin] = lost[0]?.origins ?? []
    reportLoss(what, lost.length, origin && { origin })
  }
  for (const [what, count] of listSetLosses(sets)) reportLoss(what, count)
  const [first] = rows
  const [origin] = first?.origins ?? []
  if (first) report('emit/places-left-out', { count: rows.length, hint, ...(origin && { origin }) })

  function reportLoss(what: string, count: number, details: Parameters<Report>[1] = {}): void {
    if (count > 0) report('emit/not-representable', { message: `Profile mapex cannot represent ${what}`, count, hint, ...details })
  }
}

function listSetLosses(sets: readonly ResolvedSet[]): readonly (readonly [string, number])[] {
  const named = sets.flatMap((set) => [...set.capabilities.values()]
    .filter(({ name, description }) => description !== undefined || (name !== undefined && !mapsVulnerabilities(set))))
  return [
    ['framework, versions, dates and other metadata of sets', sets.length],
    ['names and descriptions of capabilities', named.length],
    ['repeated rows with the same capability, technique and mapping type', sets.reduce((sum, set) => sum + countRepeated(set), 0)],
  ]
}

/** mapex writes the name of a vulnerability as its description. */
function mapsVulnerabilities({ framework }: ResolvedSet): boolean {
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
