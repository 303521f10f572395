import { isStixObject } from '../../attack/bundle/stix-object.js'

/** Deeper down STIX has no references: those of markings of parts, and of extensions, are the deepest. */
const deepest = 5

/**
 * The ids that an object refers to: the texts in its properties that end in _ref or _refs (STIX 2.1, section 3.1), each
 * once.
 */
export function listReferences(object: unknown): readonly string[] {
  const references = new Set<string>()
  collect(object, 0, references)
  return [...references]
}

function collect(value: unknown, depth: number, references: Set<string>): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, depth + 1, references)
  } else if (isStixObject(value)) {
    for (const [name, part] of Object.entries(value)) {
      if (name.endsWith('_ref') && typeof part === 'string') references.add(part)
      else if (name.endsWith('_refs') && Array.isArray(part)) for (const id of part) addText(id, references)
      else collect(part, depth + 1, references)
    }
  }
}

function addText(value: unknown, references: Set<string>): void {
  if (typeof value === 'string') references.add(value)
}
