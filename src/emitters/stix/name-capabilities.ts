import type { CapabilityDraft } from './drafts.js'
import { nameCapability } from './name-capability.js'
import type { StixId } from './stix-object.js'
import { tellApart } from './tell-apart.js'

/**
 * The names of a bundle's capabilities, each once (regardless of case) among those of its type. Those that would share one
 * are told apart by their ids, and the same id of several releases of a framework by the version.
 */
export function nameCapabilities(drafts: Iterable<CapabilityDraft>): ReadonlyMap<StixId, string> {
  const all = [...drafts]
  const last = tellApart(all, all.map((draft) => nameOf(draft)), ({ type }) => type, [
    ({ capability }) => capability.id,
    ({ from }) => from.set.framework.version,
    ({ id }) => id,
  ])
  return new Map(all.map(({ id }, index) => [id, last[index] ?? id]))
}

function nameOf({ type, from, capability }: CapabilityDraft): string {
  return nameCapability(type, from.set.framework.name, capability)
}
