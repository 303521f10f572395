import { versionsAgree } from './matching/versions-agree.js'
import type { Mapping } from './model/mapping.js'
import type { Capability, ResolvedSet } from './model/mapping-set.js'
import type { Origin } from './model/origin.js'
import { stated } from './model/stated.js'

/** What a list says of a capability, and where. Undefined where two lists say different things: neither is taken. */
type Known = ReadonlyMap<string, { readonly capability: Capability; readonly from: Origin } | undefined>

/**
 * Gives a set's capabilities the names and descriptions that they lack, from documents that list capabilities of its framework
 * and map none: the enumerations of VERIS, the files of Microsoft 365. Rows that gain a name are marked as completed.
 */
export function completeCapabilities(set: ResolvedSet, lists: readonly ResolvedSet[]): ResolvedSet {
  const known = collectKnown(lists.filter(({ framework }) =>
    framework.id === set.framework.id && versionsAgree(framework.version, set.framework.version)))
  if (known.size === 0) return set
  const capabilities = Array.from(set.capabilities, ([id, own]) => [id, fill(own, known.get(id)?.capability)] as const)
  return { ...set, capabilities: new Map(capabilities), mappings: set.mappings.map((row) => nameCapability(row, known)) }
}

function collectKnown(lists: readonly ResolvedSet[]): Known {
  const known = new Map<string, { readonly capability: Capability; readonly from: Origin } | undefined>()
  for (const list of lists) {
    const from: Origin = { document: list.sources[0]?.name ?? '', place: { kind: 'file' } }
    for (const [id, capability] of list.capabilities) {
      const first = known.get(id)
      if (!known.has(id)) known.set(id, { capability, from })
      else if (first && !sameWords(first.capability, capability)) known.set(id, undefined)
    }
  }
  return known
}

function sameWords(left: Capability, right: Capability): boolean {
  return left.name === right.name && left.description === right.description
}

function fill(own: Capability, other: Capability | undefined): Capability {
  return other ? { ...stated({ name: other.name, description: other.description }), ...own } : own
}

function nameCapability(row: Mapping, known: Known): Mapping {
  if (row.kind === 'unmapped-technique' || row.capability.description !== undefined) return row
  const found = known.get(row.capability.id)
  if (found?.capability.name === undefined) return row
  const capability = { ...row.capability, description: found.capability.name }
  return { ...row, capability, completed: [...(row.completed ?? []), { field: 'capability', from: found.from }] }
}
