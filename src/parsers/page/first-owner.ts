import type { Framework } from '../../frameworks/framework.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { KnownCapability } from '../../frameworks/known-capabilities.js'

/** Of the owners of an id, the one whose framework stands first among the frameworks. */
export function firstOwner(owners: readonly KnownCapability[]): { framework: Framework, name?: string } | undefined {
  for (const framework of frameworks) {
    const owner = owners.find((candidate) => candidate.framework === framework.id)
    if (owner) return { framework, ...(owner.name !== undefined && { name: owner.name }) }
  }
  return undefined
}
