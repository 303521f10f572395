import type { AttackIndex } from '../../attack/attack-index.js'
import { attackId, techniqueIdForm } from '../../attack/bundle/stix-object.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import { type BundleEntry, type BundleIndex, isWithdrawn, textOf, typeOf } from './bundle-index.js'
import { type BundleCapability, readCapability } from './read-capability.js'

/** Tells which technique an object's id stands for; undefined when it stands for none. */
type FindTechnique = (stixId: string) => TechniqueRef | undefined

/** Techniques are told by the objects of the bundle, and where it lacks them by the STIX ids that ATT&CK's releases use. */
export function createTechniqueFinder(bundle: BundleIndex, attack: AttackIndex | undefined): FindTechnique {
  const known = new Map<string, TechniqueRef | undefined>()
  return (stixId) => {
    if (known.has(stixId)) return known.get(stixId)
    const technique = find(stixId)
    known.set(stixId, technique)
    return technique
  }

  function find(stixId: string): TechniqueRef | undefined {
    if (!stixId.startsWith('attack-pattern--')) return undefined
    const entry = bundle.get(stixId)
    const read = entry && readTechnique(entry)
    if (read) return read
    const id = attack?.techniqueIdOf(stixId)
    return id === undefined ? undefined : { id, ...stated({ name: entry && textOf(entry.value, 'name') }) }
  }
}

/**
 * An attack-pattern with an id of ATT&CK, whichever release it is of; others may stand for anything, such as VERIS'
 * enumerations.
 */
function readTechnique({ value }: BundleEntry): TechniqueRef | undefined {
  const id = attackId(value, techniqueIdForm)
  return id === undefined || !techniqueIdForm.test(id) ? undefined : { id, ...stated({ name: textOf(value, 'name') }) }
}

/** A relationship between a capability and a technique, whichever of them it starts from. */
interface MappingRelationship {
  readonly entry: BundleEntry
  readonly type: string
  /** The STIX id of the capability; the bundle may lack the object. */
  readonly capability: string
  readonly technique: TechniqueRef
}

/** The types of objects that stand for capabilities. An attack-pattern does when it is no technique. */
const capabilityTypes: ReadonlySet<string> = new Set([
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
    const judged = classify(ends, type)
    if (judged === 'other') reader.count('parse/not-a-mapping', describe(ends, type), entry.pointer)
    else if (judged === 'unresolved') reader.count('parse/unresolved-relationship', describe(ends, type), entry.pointer)
    else found.push({ entry, type, ...judged })
  }
  return found

  function classify([source, target]: Ends, type: string): MappedEnds | 'other' | 'unresolved' {
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

/** A capability and its object; the bundle may lack it. */
export interface ListedCapability {
  readonly capability: BundleCapability
  readonly entry?: BundleEntry
}

/**
 * The capabilities of a bundle by their STIX ids: its controls, whether mapped or not, and whatever else a relationship maps.
 * Those that relationships name and the bundle lacks are named by their STIX ids, and counted.
 */
export function listCapabilities(
  bundle: BundleIndex, claimed: ReadonlySet<string>, relationships: readonly MappingRelationship[], find: FindTechnique,
  isMapex: boolean, reader: FileReader,
): ReadonlyMap<string, ListedCapability> {
  const mapped = new Map<string, BundleEntry>()
  for (const { capability, entry } of relationships) if (!mapped.has(capability)) mapped.set(capability, entry)
  const listed = new Map<string, ListedCapability>()
  for (const entry of bundle.values()) {
    if (!capabilityTypes.has(entry.type)) continue
    if (!mapped.has(entry.id)) {
      if (entry.type === 'attack-pattern' && find(entry.id)) continue
      if (claimed.has(entry.id)) continue
      if (isWithdrawn(entry)) {
        reader.count('parse/withdrawn-object', entry.type, entry.pointer)
        continue
      }
    }
    const capability = readCapability(entry, isMapex)
    // Other vocabularies' entries and vulnerabilities that nothing maps may stand in a bundle for any reason.
    const isListed = mapped.has(entry.id) || entry.type === 'course-of-action' || capability.isOurs
    if (isListed) listed.set(entry.id, { capability, entry })
  }
  reportLacking([...mapped].filter(([id]) => !bundle.has(id)), reader)
  for (const id of mapped.keys()) {
    if (!bundle.has(id)) listed.set(id, { capability: { id, groups: [], isOurs: false } })
  }
  return listed
}

function reportLacking(lacking: readonly (readonly [string, BundleEntry])[], reader: FileReader): void {
  const [first] = lacking
  if (!first) return
  const [id, relationship] = first
  reader.report('parse/object-elsewhere', relationship.pointer, {
    message: `${lacking.length} objects that relationships map are not in this bundle; they are named by their STIX ids`,
    found: id,
    count: lacking.length,
    hint: 'They are in another bundle, such as the -controls.json beside a -mappings.json: put the objects of both into one.',
  })
}
