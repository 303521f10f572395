import type { DecodedDocument, TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { fieldOf, itemsOf, textOf, treeOf } from '../../formats/tree-fields.js'
import { reportSchemaError, type ValidationContext, type Validator } from '../../validation/validator.js'
import { isOwnGalaxy } from './misp-galaxy.js'

/** The head of a MISP galaxy of ours: its schema says everything about it. */
export const mispGalaxyValidator: Validator = {
  id: 'misp-galaxy',
  title: 'Head of a MISP galaxy of Crosswalk',
  recognises: (document) => isOurs(document, ['icon', 'namespace', 'version']),
  async validate(document, context) {
    await reportSchemaError('misp-galaxy', treeOf(document)?.value, context)
    return {}
  },
}

/**
 * The clusters of a MISP galaxy of ours: no name or uuid twice, for MISP would keep one of them, no relation twice, and no relation to
 * what is no technique.
 */
export const mispClustersValidator: Validator = {
  id: 'misp-clusters',
  title: 'Clusters of a MISP galaxy of Crosswalk',
  recognises: (document) => isOurs(document, ['category', 'values']),
  async validate(document, context) {
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
  },
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
      message: 'No release of ATT&CK at hand has a technique with this uuid: in MISP the relation leads nowhere',
      found: uuid,
    })
  }
  return related.length
}

function checkUnique(known: Set<string>, key: string | undefined, pointer: string, what: string, context: ValidationContext): void {
  if (key === undefined) return
  if (known.has(key)) context.reportAt(pointer, 'verify/meaning', { message: `The same ${what} stands twice; MISP keeps one`, found: key })
  known.add(key)
}

/** Other people's galaxies have fields that ours have not: they are not judged by our schema. */
function isOurs(document: DecodedDocument, fields: readonly string[]): boolean {
  const value = treeOf(document)?.value
  return isOwnGalaxy(value) && fields.every((name) => fieldOf(value, name) !== undefined)
}
