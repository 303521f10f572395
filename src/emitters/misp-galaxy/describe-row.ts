import type { ResolvedSet } from '../../model/mapping-set.js'
import type { RowInCluster } from './collect-clusters.js'

/** What a row states, but for comment and references: "T1553.002 Code Signing: Technique Scores, protect partial". */
export function describeRow({ set, row, found }: RowInCluster): string {
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

/** The name of a mapping type. */
export function nameRelation(set: ResolvedSet, relation: string | undefined): string | undefined {
  return relation === undefined ? undefined : (set.relations.get(relation)?.name ?? relation)
}

/** "protect partial", as far as stated. */
export function describeScore(score: RowInCluster['row']['score']): string {
  return [score?.category, score?.value].filter((part) => part !== undefined).join(' ')
}

function nameTechnique({ id, name }: { readonly id: string; readonly name?: string }, found: RowInCluster['found']): string {
  return [id, name ?? found?.technique.name].filter((part) => part !== undefined).join(' ')
}
