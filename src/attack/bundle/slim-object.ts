import type { StixObject } from './stix-object.js'

/** The properties that the index is made of, by the type of the object. Of other types nothing is needed. */
const neededProperties: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['x-mitre-collection', ['x_mitre_version', 'name']],
  ['x-mitre-matrix', ['name', 'revoked', 'x_mitre_deprecated', 'tactic_refs', 'x_mitre_domains']],
  ['x-mitre-tactic', ['name', 'revoked', 'x_mitre_deprecated', 'external_references', 'x_mitre_shortname']],
  ['attack-pattern', [
    'name', 'created', 'modified', 'revoked', 'x_mitre_deprecated', 'external_references', 'kill_chain_phases', 'x_mitre_domains',
  ]],
  ['relationship', ['relationship_type', 'modified', 'revoked', 'x_mitre_deprecated', 'source_ref', 'target_ref']],
])

/** A bundle's object without its long texts; undefined when the index has no use for it. */
export function slimObject(object: StixObject): StixObject | undefined {
  const needed = neededProperties.get(object['type'])
  if (!needed) return undefined
  if (object['type'] === 'relationship' && object['relationship_type'] !== 'revoked-by') return undefined
  const slim = new Map<string, unknown>([['type', object['type']], ['id', object['id']]])
  for (const property of needed) {
    if (!Object.hasOwn(object, property)) continue
    slim.set(property, property === 'external_references' ? slimReferences(object[property]) : object[property])
  }
  return Object.fromEntries(slim)
}

/** References carry citations; their source and id are what counts. */
function slimReferences(references: unknown): unknown {
  if (!Array.isArray(references)) return references
  return references.flatMap((reference: unknown) => {
    if (typeof reference !== 'object' || reference === null || !('external_id' in reference)) return []
    const source = 'source_name' in reference ? reference.source_name : undefined
    return [{ source_name: source, external_id: reference.external_id }]
  })
}
