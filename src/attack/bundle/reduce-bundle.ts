import { joinBytes } from '../../formats/decode-characters.js'
import { isRecord } from '../../model/stated.js'
import { createJsonSplitter } from './split-json.js'
import type { StixObject } from './stix-object.js'

const encoder = new TextEncoder()

/** Reduces a bundle while its bytes arrive. */
interface BundleReducer {
  /** Takes the next bytes, split anywhere. False if the rest is not needed because the input is not a bundle. */
  readonly push: (chunk: Uint8Array) => boolean
  /** The reduced bundle as JSON in UTF-8; undefined if the input is not a complete bundle. */
  readonly finish: () => Uint8Array | undefined
}

/**
 * Reduces an ATT&CK bundle to what `loadAttack` needs: techniques, identities and markings unchanged, and of other objects the
 * properties that the index and adversaries are built from. A release of 62 MB shrinks to about 5 MB. Reports no errors: the caller reads an
 * unusable bundle again as a whole to report why.
 */
export function createBundleReducer(): BundleReducer {
  const kept: Uint8Array[] = []
  const none = -1
  let isBroken = false
  const splitter = createJsonSplitter((entry) => {
    const object: unknown = JSON.parse(entry)
    if (!isRecord(object)) return none
    const slim = slimObject(object) ?? slimAdversary(object)
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
      if (!isRecord(bundle) || bundle['type'] !== 'bundle' || !Array.isArray(bundle['objects'])) return undefined
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

/** Properties that the index is built from, by object type. Other types are not needed. */
const neededProperties: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['x-mitre-collection', ['x_mitre_version', 'name']],
  ['x-mitre-matrix', ['name', 'revoked', 'x_mitre_deprecated', 'tactic_refs', 'x_mitre_domains']],
  ['x-mitre-tactic', ['name', 'revoked', 'x_mitre_deprecated', 'external_references', 'x_mitre_shortname']],
  ['attack-pattern', [
    'name', 'created', 'modified', 'revoked', 'x_mitre_deprecated', 'external_references', 'kill_chain_phases', 'x_mitre_domains',
    'x_mitre_platforms',
  ]],
  ['relationship', ['relationship_type', 'modified', 'revoked', 'x_mitre_deprecated', 'source_ref', 'target_ref']],
])

/** Properties that adversaries are read from (`readAdversaries`), by object type. */
const adversary = ['name', 'aliases', 'x_mitre_aliases', 'revoked', 'x_mitre_deprecated', 'external_references']
const adversaryProperties: ReadonlyMap<unknown, readonly string[]> = new Map([
  ...['intrusion-set', 'campaign', 'malware', 'tool'].map((type) => [type, adversary] as const),
  ['relationship', neededProperties.get('relationship') ?? []],
])

/** A bundle object with the needed properties only; undefined if the index does not use it. */
export function slimObject(object: StixObject): StixObject | undefined {
  if (object['type'] === 'relationship' && object['relationship_type'] !== 'revoked-by') return undefined
  return keepProperties(object, neededProperties)
}

/** An adversary, or what one uses, with the needed properties only. */
function slimAdversary(object: StixObject): StixObject | undefined {
  if (object['type'] === 'relationship' && object['relationship_type'] !== 'uses' && object['relationship_type'] !== 'attributed-to') return undefined
  return keepProperties(object, adversaryProperties)
}

function keepProperties(object: StixObject, properties: ReadonlyMap<unknown, readonly string[]>): StixObject | undefined {
  const needed = properties.get(object['type'])
  if (!needed) return undefined
  const slim = new Map<string, unknown>([['type', object['type']], ['id', object['id']]])
  for (const property of needed) {
    if (!Object.hasOwn(object, property)) continue
    slim.set(property, property === 'external_references' ? slimReferences(object[property]) : object[property])
  }
  return Object.fromEntries(slim)
}

/** Only source and id are needed; references also have long citations. */
function slimReferences(references: unknown): unknown {
  if (!Array.isArray(references)) return references
  return references.flatMap((reference: unknown) => {
    if (typeof reference !== 'object' || reference === null || !('external_id' in reference)) return []
    const source = 'source_name' in reference ? reference.source_name : undefined
    return [{ source_name: source, external_id: reference.external_id }]
  })
}

/** Types of objects that STIX output may copy unchanged: techniques, and the objects that they refer to. */
export const originalTypes: ReadonlySet<unknown> = new Set(['attack-pattern', 'identity', 'marking-definition'])
