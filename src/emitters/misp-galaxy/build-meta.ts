import { stixId } from '../stix/stix-id.js'
import { attackTitle } from '../table/set-title.js'
import type { ClusterDraft } from './collect-clusters.js'
import { describeRow, describeScore, nameRelation } from './describe-row.js'
import type { ClusterMeta } from './galaxy-files.js'
import { longestText, type MispTexts } from './misp-text.js'

/** What MISP shows of a cluster beside its description and relations. `value` is its name. */
export function buildMeta(draft: ClusterDraft, value: string, texts: MispTexts): ClusterMeta {
  const { capability, from: { framework }, rows, sets, shape } = draft
  const references = rows.flatMap(({ row }) => row.references ?? [])
  const lists = {
    'attack': list(Array.from(sets, attackTitle)),
    'citations': list(references.filter((reference) => !isAddress(reference))),
    'comments': list(rows.map(({ row }) => row.comments && (row.kind === 'mapped' ? `${row.technique.id}: ${row.comments}` : row.comments))),
    'groups': list(groupNames(draft)),
    'mapping-types': list(rows.map(({ set, row }) => nameRelation(set, row.relation))),
    'mappings': list(rows.map(describeRow)),
    'refs': list(references.filter(isAddress)),
    'scores': list(rows.map(({ row }) => describeScore(row.score))),
    'synonyms': list([capability.id, capability.name, ...rows.map(({ row }) => row.capability.description)]).filter((name) => name !== value),
  }
  const version = framework.version === undefined ? '' : texts.line(framework.version, longestText)
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
    'external_id': texts.line(capability.id, longestText) || draft.uuid,
    'framework': texts.line(framework.name, longestText) || draft.uuid,
    ...(version !== '' && { 'framework-version': version }),
    ...(rows.some(({ row }) => row.status === 'non_mappable') && { status: 'non-mappable' }),
    'stix-id': stixId(shape.object, 'capability', framework.id, framework.version, capability.id),
  }

  function list(entries: readonly (string | undefined)[]): readonly string[] {
    const stated = new Set(entries.filter((entry) => entry !== undefined))
    return [...new Set(Array.from(stated, (entry) => texts.block(entry)))].filter((entry) => entry !== '')
  }
}

/** The groups that any set puts the capability in, by the names that it gives them. */
export function groupNames({ sets, capability }: ClusterDraft): readonly string[] {
  return Array.from(sets, (set) => set.capabilities.get(capability.id)?.groups.map((id) => set.groups.get(id)?.name ?? id) ?? []).flat()
}

function isAddress(reference: string): boolean {
  return /^https?:\/\/\S+$/i.test(reference.trim())
}
