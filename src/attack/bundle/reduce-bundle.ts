import { joinBytes } from '../../formats/join-bytes.js'
import { createJsonSplitter } from './split-json.js'
import { isStixObject, type StixObject } from './stix-object.js'

const encoder = new TextEncoder()

/** Makes a short bundle of a long one as its bytes come in. */
interface BundleReducer {
  /** Bytes, cut anywhere. False when no more are wanted: they are no bundle. */
  readonly push: (chunk: Uint8Array) => boolean
  /** The short bundle as JSON in UTF-8; undefined when the bytes were no whole bundle. */
  readonly finish: () => Uint8Array | undefined
}

/**
 * Reduces an ATT&CK bundle to what `loadAttack` may need of it: techniques, identities and markings word for word, and of the
 * rest what the index is made of. Of the 62 MB of a release, some 5 MB. What is wrong with a bundle is said by who reads it
 * whole.
 */
export function createBundleReducer(): BundleReducer {
  const kept: Uint8Array[] = []
  const none = -1
  let isBroken = false
  const splitter = createJsonSplitter((entry) => {
    const object: unknown = JSON.parse(entry)
    if (!isStixObject(object)) return none
    const slim = slimObject(object)
    if (originalTypes.has(object['type'])) return kept.push(encoder.encode(entry)) - 1
    return slim ? kept.push(encoder.encode(JSON.stringify(slim))) - 1 : none
  })

  function attempt<Result>(action: () => Result): Result | undefined {
    if (isBroken) return undefined
    try {
      return action()
    } catch {
      isBroken = true
      return undefined
    }
  }

  return {
    push(chunk) {
      attempt(() => splitter.push(chunk))
      return !isBroken
    },
    finish: () => attempt(() => {
      const { frame, isCutOff } = splitter.finish()
      const bundle: unknown = isCutOff ? undefined : JSON.parse(frame.replace(/^\uFEFF/, ''))
      if (!isStixObject(bundle) || bundle['type'] !== 'bundle' || !Array.isArray(bundle['objects'])) return undefined
      const objects = bundle['objects'].flatMap((entry: unknown) => {
        const [position] = Array.isArray(entry) ? entry : []
        return typeof position === 'number' ? kept[position] ?? [] : []
      })
      return joinObjects(objects)
    }),
  }
}

function joinObjects(objects: readonly Uint8Array[]): Uint8Array {
  const parts = objects.flatMap((object, index) => (index === 0 ? [object] : [encoder.encode(','), object]))
  return joinBytes([encoder.encode('{"type":"bundle","objects":['), ...parts, encoder.encode(']}')])
}

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

/** The types of objects that our STIX bundles may hold word for word: techniques, and what they refer to. */
export const originalTypes: ReadonlySet<unknown> = new Set(['attack-pattern', 'identity', 'marking-definition'])
