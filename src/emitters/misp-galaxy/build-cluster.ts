import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stixId } from '../objects/stix-id.js'
import { attackTitle, frameworkTitle, joinStated } from '../table/set-facts.js'
import { type ClusterDraft, longestText, type MispTexts, type RowInCluster } from './collect-clusters.js'
import type { Cluster, ClusterMeta, ClusterRelation } from './galaxy-files.js'

/** Builds the cluster of a capability, named `value`. */
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

/** Builds the elements of the cluster named `value`; empty lists are left out. */
function buildMeta(draft: ClusterDraft, value: string, texts: MispTexts): ClusterMeta {
  const { capability, from: { framework }, rows, sets, shape } = draft
  const references = rows.flatMap(({ row }) => row.references ?? [])
  const names = [capability.id, capability.name, ...rows.map(({ row }) => row.capability.description)]
  const lists = {
    'attack': list(Array.from(sets, attackTitle)),
    'citations': list(references.filter((reference) => !isAddress(reference))),
    'comments': list(rows.map(({ row }) =>
      row.comments && (row.kind === 'mapped' ? `${row.technique.id}: ${row.comments}` : row.comments))),
    'groups': list(groupNames(draft)),
    'mapping-types': list(rows.map(({ set, row }) => nameRelation(set, row.relation))),
    'mappings': list(rows.map(describeRow)),
    'refs': list(references.filter(isAddress)),
    'scores': list(rows.map(({ row }) => describeScore(row.score))),
    'synonyms': list(names).filter((name) => name !== value),
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

/** Names of the capability's groups in all sets, each once. */
function groupNames({ sets, capability }: ClusterDraft): readonly string[] {
  return [...new Set(Array.from(sets).flatMap((set) => set.capabilities.get(capability.id)?.groups.map((id) => set.groups.get(id)?.name ?? id) ?? []))]
}

function isAddress(reference: string): boolean {
  return /^https?:\/\/\S+$/i.test(reference.trim())
}

/** A row in words, without comments and references: "T1553.002 Code Signing: Technique Scores, protect partial". */
function describeRow({ set, row, found }: RowInCluster): string {
  const { score, status, relation } = row
  const facts = [
    nameRelation(set, relation),
    describeScore(score),
    score?.related === undefined ? undefined : `related score ${score.related}`,
    status === 'complete' || status === relation ? undefined : status?.replaceAll('_', ' '),
  ].filter((fact) => fact !== undefined && fact !== '')
  const target = row.kind === 'mapped' ? nameTechnique(row.technique, found) : 'no technique'
  return facts.length === 0 ? target : `${target}: ${facts.join(', ')}`
}

function nameRelation(set: ResolvedSet, relation: string | undefined): string | undefined {
  return relation === undefined ? undefined : (set.relations.get(relation)?.name ?? relation)
}

/** Category and value, as far as stated: "protect partial". */
function describeScore(score: RowInCluster['row']['score']): string {
  return joinStated(score?.category, score?.value)
}

function nameTechnique({ id, name }: { readonly id: string; readonly name?: string }, found: RowInCluster['found']): string {
  return joinStated(id, name ?? found?.technique.name)
}

/** One relation per technique and type, with the tags of all its rows: of equal relations, MISP keeps only the first. */
function relateRows(rows: readonly RowInCluster[], texts: MispTexts): readonly ClusterRelation[] {
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

const longestValue = 100
const reserved: ReadonlySet<string> = new Set(['score', 'mapping-type', 'status'])

/**
 * The machine tags of a row's relation: `crosswalk:protect="partial"`, `crosswalk:mapping-type="technique_scores"`. Category and
 * value are one tag, because MISP merges the tags of relations between the same two clusters.
 */
function tagRow({ relation, score, status }: Mapping, texts: MispTexts): readonly string[] {
  return [
    ...(score?.value === undefined && score?.category === undefined ? [] : [tagScore(score, texts)]),
    ...(relation === undefined ? [] : [mispTag('mapping-type', relation, texts)]),
    ...(status === undefined || status === 'complete' ? [] : [mispTag('status', status, texts)]),
  ].filter((one) => one !== undefined)
}

function tagScore({ category, value }: NonNullable<Mapping['score']>, texts: MispTexts): string | undefined {
  const predicate = category?.toLowerCase()
  if (predicate !== undefined && value !== undefined && /^[a-z][a-z0-9_-]{0,29}$/.test(predicate) && !reserved.has(predicate)) {
    return mispTag(predicate, value, texts)
  }
  return mispTag('score', joinStated(category, value), texts)
}

function mispTag(predicate: string, value: string, texts: MispTexts): string | undefined {
  const text = texts.quoted(value, longestValue)
  return text === '' ? undefined : `crosswalk:${predicate}="${text}"`
}
