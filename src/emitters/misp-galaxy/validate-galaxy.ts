import { type DecodedDocument, itemsOf, textOf, treeOf, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'

/** Validates the head of a MISP galaxy by Crosswalk: its schema describes it completely. */
export async function validateGalaxy(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  await reportSchemaError('misp-galaxy', treeOf(document)?.value, context)
  return {}
}

/**
 * Validates the clusters of a MISP galaxy by Crosswalk: their schema, unique names, uuids and relations (of duplicates, MISP keeps
 * one), and relations only to ATT&CK techniques.
 */
export async function validateClusters(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const value = treeOf(document)?.value
  await reportSchemaError('misp-clusters', value, context)
  const clusters = itemsOf(value, 'values')
  const [names, uuids] = [new Set<string>(), new Set<string>()]
  let relations = 0
  for (const [index, cluster] of clusters.entries()) {
    const pointer = `/values${pointerStep(index)}`
    checkUnique(names, textOf(cluster, 'value')?.toLowerCase(), `${pointer}/value`, 'name', context)
    checkUnique(uuids, textOf(cluster, 'uuid'), `${pointer}/uuid`, 'uuid', context)
    relations += checkRelations(cluster, pointer, context)
  }
  return { clusters: clusters.length, relations }
}

function checkRelations(cluster: TreeValue, pointer: string, context: ValidationContext): number {
  const related = itemsOf(cluster, 'related')
  const known = new Set<string>()
  for (const [index, relation] of related.entries()) {
    const place = `${pointer}/related${pointerStep(index)}`
    const [uuid, type] = [textOf(relation, 'dest-uuid'), textOf(relation, 'type')]
    if (uuid === undefined || type === undefined) continue
    checkUnique(known, `${type} ${uuid}`, place, 'relation', context)
    if (context.attack.techniqueIdOf(`attack-pattern--${uuid}`) !== undefined) continue
    context.reportAt(`${place}/dest-uuid`, 'verify/doubtful', {
      message: 'No available ATT&CK release has a technique with this uuid; in MISP, the relation has no target',
      found: uuid,
    })
  }
  return related.length
}

function checkUnique(known: Set<string>, key: string | undefined, pointer: string, what: string, context: ValidationContext): void {
  if (key === undefined) return
  if (known.has(key)) context.reportAt(pointer, 'verify/meaning', { message: `Duplicate ${what}; MISP keeps only one`, found: key })
  known.add(key)
}
