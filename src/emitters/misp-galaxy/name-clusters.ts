import { nameCapability } from '../stix/name-capability.js'
import { tellApart } from '../stix/tell-apart.js'
import type { ClusterDraft } from './collect-clusters.js'
import type { MispTexts } from './misp-text.js'

const longestName = 120

/** The values of clusters, by uuid: the names of the STIX objects, each once in the galaxy regardless of case. */
export function nameClusters(drafts: readonly ClusterDraft[], texts: MispTexts): ReadonlyMap<string, string> {
  const plain = drafts.map(({ shape, from, capability }) => nameCapability(shape.object, from.framework.name, capability))
  const names = tellApart(drafts, plain, () => 'cluster', [({ capability }) => capability.id, ({ from }) => from.framework.version])
  const taken = new Set<string>()
  return new Map(drafts.map(({ uuid }, index) => [uuid, takeName(names[index] ?? '', uuid)]))

  function takeName(name: string, uuid: string): string {
    const value = texts.quoted(name, longestName)
    const free = value !== '' && !taken.has(value.toLowerCase()) ? value : `${value.slice(0, longestName - 39).toWellFormed()} (${uuid})`.trim()
    taken.add(free.toLowerCase())
    return free
  }
}
