import type { CapabilityDraft } from './drafts.js'
import { nameCapability } from './name-capability.js'
import type { StixId } from './stix-object.js'

/**
 * The names of a bundle's capabilities, each once (regardless of case) among those of its type. Those that would share one
 * are told apart by their ids, and the same id of several releases of a framework by the version.
 */
export function nameCapabilities(drafts: Iterable<CapabilityDraft>): ReadonlyMap<StixId, string> {
  const all = [...drafts]
  const plain = all.map((draft) => nameOf(draft))
  const withId = tellApart(all, plain, ({ capability }) => capability.id)
  const withVersion = tellApart(all, withId, ({ from }) => from.set.framework.version)
  const last = tellApart(all, withVersion, ({ id }) => id)
  return new Map(all.map(({ id }, index) => [id, last[index] ?? id]))
}

function nameOf({ type, from, capability }: CapabilityDraft): string {
  return nameCapability(type, from.set.framework.name, capability)
}

function tellApart(
  drafts: readonly CapabilityDraft[],
  names: readonly string[],
  detailOf: (draft: CapabilityDraft) => string | undefined,
): readonly string[] {
  const keys = drafts.map(({ type }, index) => `${type} ${(names[index] ?? '').toLowerCase()}`)
  const uses = new Map<string, number>()
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1)
  return drafts.map((draft, index) => {
    const name = names[index] ?? ''
    const detail = detailOf(draft)
    const shared = (uses.get(keys[index] ?? '') ?? 0) > 1
    return shared && detail !== undefined && !name.includes(detail) ? `${name} (${detail})` : name
  })
}
