import { frameworks } from './frameworks.js'
import type { KnownCapabilities } from './known-capabilities.js'

/** How large a share of a document's ids must be of one framework for all to be taken for its own. */
const MAJORITY = 0.9

/**
 * Whose the capability ids of a document are, by their form and by the ids that are known; undefined for ids that belong to none. Where nearly
 * all are of one framework, the odd ones are taken for misspelt ones of the same.
 */
export function tellFrameworks(ids: ReadonlySet<string>, known: KnownCapabilities): (id: string) => string | undefined {
  const counts = new Map<string, number>()
  const owners = new Map<string, string | undefined>()
  for (const id of ids) {
    const owner = ownerOf(id, known)
    owners.set(id, owner)
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  const main = Array.from(counts).find(([, count]) => count >= ids.size * MAJORITY)?.[0]
  return (id) => main ?? owners.get(id)
}

function ownerOf(id: string, known: KnownCapabilities): string | undefined {
  const prefix = known.longestPrefix(id)
  if (prefix?.length === id.length) {
    const names = new Set(prefix.owners.map(({ framework }) => framework))
    if (names.size === 1) return prefix.owners[0]?.framework
  }
  return frameworks.find(({ capabilityId }) => capabilityId?.test(id))?.id
}
