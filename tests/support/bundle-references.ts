import type { Bundle } from '../../src/emitters/stix/stix-object.js'

/** The ids that properties named `…_ref` and `…_refs`, at any depth, refer to and that the bundle lacks; each once. */
export function unresolvedReferences(bundle: Bundle): readonly string[] {
  const ids = new Set(bundle.objects.map(({ id }) => id))
  const missing = new Set<string>()
  visit(bundle)
  return [...missing]

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      if (key.endsWith('_ref') || key.endsWith('_refs')) refer([child].flat())
      visit(child)
    }
  }

  function refer(references: readonly unknown[]): void {
    for (const id of references) if (typeof id !== 'string' || !ids.has(id)) missing.add(String(id))
  }
}

/** The (type, source, target) that more than one relationship has. */
export function duplicateTriples({ objects }: Bundle): readonly string[] {
  const seen = new Set<string>()
  return objects.flatMap((object) => {
    if (object.type !== 'relationship') return []
    const triple = `${object.source_ref} ${object.relationship_type} ${object.target_ref}`
    if (seen.has(triple)) return [triple]
    seen.add(triple)
    return []
  })
}
