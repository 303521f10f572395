import { nameCapability } from '../stix/name-capability.js'
import type { ClusterDraft } from './collect-clusters.js'
import type { MispTexts } from './misp-text.js'

const longestName = 120

/** The values of clusters, by uuid: the names of the STIX objects, each once in the galaxy regardless of case. */
export function nameClusters(drafts: readonly ClusterDraft[], texts: MispTexts): ReadonlyMap<string, string> {
  const plain = drafts.map(({ shape, from, capability }) => nameCapability(shape.object, from.framework.name, capability))
  const withId = tellApart(plain, drafts, ({ capability }) => capability.id)
  const withVersion = tellApart(withId, drafts, ({ from }) => from.framework.version)
  const taken = new Set<string>()
  return new Map(drafts.map(({ uuid }, index) => [uuid, takeName(withVersion[index] ?? '', uuid)]))

  function takeName(name: string, uuid: string): string {
    const value = texts.quoted(name, longestName)
    const free = value !== '' && !taken.has(value.toLowerCase()) ? value : `${value.slice(0, longestName - 39).toWellFormed()} (${uuid})`.trim()
    taken.add(free.toLowerCase())
    return free
  }
}

function tellApart(
  names: readonly string[],
  drafts: readonly ClusterDraft[],
  detailOf: (draft: ClusterDraft) => string | undefined,
): readonly string[] {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1)
  return names.map((name, index) => {
    const draft = drafts[index]
    const detail = draft && detailOf(draft)
    const isShared = (uses.get(name.toLowerCase()) ?? 0) > 1
    return isShared && detail !== undefined && !name.includes(detail) ? `${name} (${detail})` : name
  })
}
