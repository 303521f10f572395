import type { RowInCluster } from './collect-clusters.js'
import type { ClusterRelation } from './galaxy-files.js'
import type { MispTexts } from './misp-text.js'
import { tagRow } from './tag-row.js'

/** One relation for each technique and type, with the tags of all rows: MISP takes two such for one and keeps the first. */
export function relateRows(rows: readonly RowInCluster[], texts: MispTexts): readonly ClusterRelation[] {
  const drafts = new Map<string, { readonly uuid: string; readonly type: ClusterRelation['type']; readonly tags: Set<string> }>()
  for (const { row, type, found } of rows) {
    if (!found || !type) continue
    const uuid = found.technique.stixId.slice('attack-pattern--'.length)
    const key = `${type} ${uuid}`
    const draft = drafts.get(key) ?? { uuid, type, tags: new Set() }
    for (const tag of tagRow(row, texts)) draft.tags.add(tag)
    drafts.set(key, draft)
  }
  return Array.from(drafts.values(), ({ uuid, type, tags }) =>
    ({ 'dest-uuid': uuid, ...(tags.size > 0 && { tags: [...tags] }), type }))
}
