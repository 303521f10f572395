import { type AttackIndex, techniqueIdForm } from '../../attack/attack-index.js'
import { attackId } from '../../attack/bundle/stix-object.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import { type BundleEntry, type BundleIndex, isWithdrawn, textOf, typeOf } from './bundle-index.js'
import { type BundleCapability, readCapability } from './read-capability.js'

/** Resolves a STIX id to a technique; undefined if it is not one. */
type FindTechnique = (stixId: string) => TechniqueRef | undefined

/** Creates a lookup of techniques: by the objects of the bundle, or else by the STIX ids in ATT&CK's releases. */
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

/** An attack-pattern with an ATT&CK id of any release. Others may be anything, such as VERIS enumerations. */
function readTechnique({ value }: BundleEntry): TechniqueRef | undefined {
  const id = attackId(value, techniqueIdForm)
  return id === undefined || !techniqueIdForm.test(id) ? undefined : { id, ...stated({ name: textOf(value, 'name') }) }
}

/** A relationship between a capability and a technique, in either direction. */
interface MappingRelationship {
  readonly entry: BundleEntry
  /** The capability's STIX id. The object may be missing from the bundle. */
  readonly capability: string
  readonly technique: TechniqueRef
}

/** Object types of capabilities. An attack-pattern is one if it is not a technique. */
const capabilityTypes: ReadonlySet<string> = new Set([
  'course-of-action', 'vulnerability', 'infrastructure', 'attack-pattern',
])

/** Relationship types by which ATT&CK and STIX organise their own objects. */
const structural: ReadonlySet<string> = new Set(['subtechnique-of', 'subcontrol-of', 'revoked-by', 'derived-from', 'duplicate-of'])

/** The relationships that map a capability to a technique. Others are counted by the types of their ends, and reported. */
export function sortRelationships(
  bundle: BundleIndex, claimed: ReadonlySet<string>, find: FindTechnique, reader: FileReader,
): readonly MappingRelationship[] {
  const found: MappingRelationship[] = []
  for (const entry of bundle.values()) {
    if (entry.type !== 'relationship' || claimed.has(entry.id)) continue
    const type = textOf(entry.value, 'relationship_type') ?? '(no relationship_type)'
    if (isWithdrawn(entry)) {
      reader.count('parse/withdrawn-object', 'relationship', entry.pointer)
      continue
    }
    const ends = [textOf(entry.value, 'source_ref'), textOf(entry.value, 'target_ref')] as const
    const mapped = classify(ends, type)
    if (mapped === 'other') reader.count('parse/not-a-mapping', describe(ends, type), entry.pointer)
    else if (mapped === 'unresolved') reader.count('parse/unresolved-relationship', describe(ends, type), entry.pointer)
    else found.push({ entry, ...mapped })
  }
  return found

  function classify([source, target]: Ends, type: string): MappedEnds | 'other' | 'unresolved' {
    if (source === undefined || target === undefined) return 'unresolved'
    if (structural.has(type)) return 'other'
    const from = find(source)
    const to = find(target)
    if (from && to) return 'other'
    const other = from ? target : source
    const technique = from ?? to
    if (technique) {
      if (!couldBeCapability(other)) return 'other'
      return isUnknownPattern(other) ? 'unresolved' : { capability: other, technique }
    }
    // Unresolved only if one end could be a technique. Otherwise the relationship is certainly not a mapping.
    const couldMap = [source, target].every(couldBeCapability)
    return couldMap && [source, target].some(isUnknownPattern) ? 'unresolved' : 'other'
  }

  /** An attack-pattern that is not in the bundle: it may or may not be a technique. */
  function isUnknownPattern(id: string): boolean {
    return typeOf(id) === 'attack-pattern' && !bundle.has(id)
  }
}

type MappedEnds = Pick<MappingRelationship, 'capability' | 'technique'>
type Ends = readonly [source: string | undefined, target: string | undefined]

function describe([source, target]: Ends, type: string): string {
  return `${describeEnd(source)} ${type} ${describeEnd(target)}`
}

function describeEnd(id: string | undefined): string {
  return id === undefined ? '(no id)' : (typeOf(id) ?? '(invalid id)')
}

function couldBeCapability(id: string): boolean {
  return capabilityTypes.has(typeOf(id) ?? '')
}

/** A capability, and its object if it is in the bundle. */
export interface ListedCapability {
  readonly capability: BundleCapability
  readonly entry?: BundleEntry
}

/**
 * The capabilities of a bundle by STIX id: its controls, mapped or not, and every other object that a relationship maps. Mapped
 * objects that are missing from the bundle get their STIX id as capability id, and are reported.
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
    // A bundle may contain unmapped vulnerabilities and entries of other vocabularies for any reason.
    const isListed = mapped.has(entry.id) || entry.type === 'course-of-action' || capability.isOurs
    if (isListed) listed.set(entry.id, { capability, entry })
  }
  reportMissing([...mapped].filter(([id]) => !bundle.has(id)), reader)
  for (const id of mapped.keys()) {
    if (!bundle.has(id)) listed.set(id, { capability: { id, groups: [], isOurs: false } })
  }
  return listed
}

function reportMissing(missing: readonly (readonly [string, BundleEntry])[], reader: FileReader): void {
  const [first] = missing
  if (!first) return
  const [id, relationship] = first
  reader.report('parse/object-elsewhere', relationship.pointer, {
    message: 'Mapped objects are not in this bundle; their STIX ids are used as capability ids',
    found: id,
    count: missing.length,
    hint: 'They may be in another bundle, such as the -controls.json for a -mappings.json: combine the objects of both in one bundle.',
  })
}
