import { frameworkTitle } from '../table/set-title.js'
import { buildMeta, groupNames } from './build-meta.js'
import type { ClusterDraft } from './collect-clusters.js'
import type { Cluster } from './galaxy-files.js'
import type { MispTexts } from './misp-text.js'
import { relateRows } from './relate-rows.js'

/** The cluster of a capability; `value` is its name. */
export function buildCluster(draft: ClusterDraft, value: string, texts: MispTexts): Cluster {
  const related = relateRows(draft.rows, texts)
  return {
    description: texts.block(describeCapability(draft)),
    meta: buildMeta(draft, value, texts),
    ...(related.length > 0 && { related }),
    uuid: draft.uuid,
    value,
  }
}

function describeCapability(draft: ClusterDraft): string {
  const { capability, from } = draft
  const place = [`${capability.id} of ${frameworkTitle(from)}`, ...groupNames(draft).map((name) => `group ${name}`)].join(', ')
  const blocks = [capability.name, capability.description, place].filter((block) => block !== undefined && block !== '')
  return [...new Set(blocks)].join('\n\n')
}
