import { textOf } from '../tree-fields.js'
import type { BundleGraph } from './bundle-graph.js'
import type { FaultLog } from './fault-log.js'
import { isNamedRelationship } from './relationship-types.js'
import { typeInId } from './stix-ids.js'

/**
 * Relationships that the specification does not name, for the types of their ends. Told once for each kind, with their number.
 */
export function checkRelationships({ objects }: BundleGraph, { tell }: FaultLog): void {
  const kinds = new Map<string, { readonly index: number; count: number }>()
  for (const { index, type, object } of objects) {
    if (type !== 'relationship') continue
    const ends = ['source_ref', 'target_ref'].map((name) => typeInId(textOf(object, name) ?? ''))
    const [source, target] = ends
    const relationship = textOf(object, 'relationship_type')
    if (source === undefined || target === undefined || relationship === undefined) continue
    if (isNamedRelationship(source, relationship, target)) continue
    const kind = `${source} ${relationship.slice(0, 100)} ${target}`
    const known = kinds.get(kind)
    if (known) known.count += 1
    else kinds.set(kind, { index, count: 1 })
  }
  for (const [kind, { index, count }] of kinds) {
    tell(index, {
      code: 'verify/relationship',
      message: `the specification names no relationship of this kind${count > 1 ? `; ${count} of them are in the bundle` : ''}`,
      found: kind,
      steps: ['relationship_type'],
    }, 'triple')
  }
}
