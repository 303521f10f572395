import type { TechniqueRef } from '../../model/mapping.js'
import type { FileReader } from '../reading/file-reader.js'
import { typeOf, type BundleEntry, type BundleIndex } from './bundle-index.js'
import { isWithdrawn, textOf } from './object-fields.js'
import type { FindTechnique } from './find-technique.js'

/** A relationship between a capability and a technique, whichever of them it starts from. */
export interface MappingRelationship {
  readonly entry: BundleEntry
  readonly type: string
  /** The STIX id of the capability; the bundle may lack the object. */
  readonly capability: string
  readonly technique: TechniqueRef
}

/** The types of objects that stand for capabilities. An attack-pattern does when it is no technique. */
export const capabilityTypes: ReadonlySet<string> = new Set([
  'course-of-action', 'vulnerability', 'infrastructure', 'attack-pattern',
])

/** Relationships by which ATT&CK and STIX order their own objects. */
const ordering: ReadonlySet<string> = new Set(['subtechnique-of', 'subcontrol-of', 'revoked-by', 'derived-from', 'duplicate-of'])

/** Sorts out the relationships that map; the others are counted by their type, and said. */
export function sortRelationships(
  bundle: BundleIndex, claimed: ReadonlySet<string>, find: FindTechnique, reader: FileReader,
): readonly MappingRelationship[] {
  const found: MappingRelationship[] = []
  for (const entry of bundle.values()) {
    if (entry.type !== 'relationship' || claimed.has(entry.id)) continue
    const type = textOf(entry.value, 'relationship_type') ?? 'without a type'
    if (isWithdrawn(entry)) {
      reader.count('parse/withdrawn-object', 'relationship', entry.pointer)
      continue
    }
    const ends = [textOf(entry.value, 'source_ref'), textOf(entry.value, 'target_ref')] as const
    const judged = judge(ends, type)
    if (judged === 'other') reader.count('parse/not-a-mapping', describe(ends, type), entry.pointer)
    else if (judged === 'unresolved') reader.count('parse/unresolved-relationship', describe(ends, type), entry.pointer)
    else found.push({ entry, type, ...judged })
  }
  return found

  function judge([source, target]: Ends, type: string): MappedEnds | 'other' | 'unresolved' {
    if (source === undefined || target === undefined) return 'unresolved'
    if (ordering.has(type)) return 'other'
    const from = find(source)
    const to = find(target)
    if (from && to) return 'other'
    const other = from ? target : source
    const technique = from ?? to
    if (technique) {
      if (!couldBeCapability(other)) return 'other'
      return isStranger(other) ? 'unresolved' : { capability: other, technique }
    }
    // Only where one end could be a technique is it known too little to say that this is no mapping.
    const couldMap = [source, target].every(couldBeCapability)
    return couldMap && [source, target].some(isStranger) ? 'unresolved' : 'other'
  }

  /** An attack-pattern of which nothing is known: a technique or not. */
  function isStranger(id: string): boolean {
    return typeOf(id) === 'attack-pattern' && !bundle.has(id)
  }
}

type MappedEnds = Pick<MappingRelationship, 'capability' | 'technique'>
type Ends = readonly [source: string | undefined, target: string | undefined]

function describe([source, target]: Ends, type: string): string {
  return `${describeEnd(source)} ${type} ${describeEnd(target)}`
}

function describeEnd(id: string | undefined): string {
  return id === undefined ? 'nothing' : (typeOf(id) ?? 'something without a type')
}

function couldBeCapability(id: string): boolean {
  return capabilityTypes.has(typeOf(id) ?? '')
}
