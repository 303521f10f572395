import { type AttackIndex, mitreIdentity } from '../../attack/attack-index.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { TechniqueObject, TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { objectsOf } from '../reading/read-text.js'
import type { FileReader } from '../reading/file-reader.js'
import { type BundleEntry, type BundleIndex, capabilityTypes, isWithdrawn, textOf, typeOf } from './bundle-index.js'
import { type BundleCapability, readCapability } from './read-capability.js'
import { belongsElsewhere, looksLikeTechnique, otherMatrixOf, type RecognisedTechnique, recogniseTechnique } from './recognise-technique.js'

/** Resolves a STIX id to a technique; undefined if it is not one. */
type FindTechnique = (stixId: string) => TechniqueRef | undefined

/** Creates a lookup of techniques: by the objects of the bundle and of other documents, or else by the STIX ids in ATT&CK's releases. */
export function createTechniqueFinder(
  bundle: BundleIndex, elsewhere: BundleIndex, attack: AttackIndex | undefined, reader: FileReader,
): FindTechnique {
  const known = new Map<string, TechniqueRef | undefined>()
  return (stixId) => {
    if (known.has(stixId)) return known.get(stixId)
    const technique = find(stixId)
    known.set(stixId, technique)
    return technique
  }

  function find(stixId: string): TechniqueRef | undefined {
    if (!stixId.startsWith('attack-pattern--')) return undefined
    const entry = bundle.get(stixId) ?? elsewhere.get(stixId)
    const read = entry && recogniseTechnique(entry.value, attack)
    if (entry && read) return report(entry, read)
    const id = attack?.techniqueIdOf(stixId)
    return id === undefined ? undefined : { id, ...stated({ name: entry && textOf(entry.value, 'name') }) }
  }

  function report(entry: BundleEntry, { id, name, written, others }: RecognisedTechnique): TechniqueRef {
    if (written !== undefined) reader.count('normalise/technique-id', written, entry.pointer)
    const all = [id, ...others].join(', ')
    if (others.length > 0) reader.count('parse/several-techniques', `${all} in ${describeObject(entry)}`, entry.pointer)
    return { id, ...stated({ name, object: attack && attack.history(id).length === 0 ? originalOf(entry) : undefined }) }
  }
}

/** Adds MITRE's objects to techniques of a bundle's rows that no available release of ATT&CK has, if the bundle contains them. */
export function describeTechniques(sets: readonly MappingSet[], bundle: BundleIndex, attack: AttackIndex | undefined): readonly MappingSet[] {
  const originals = new Map<string, TechniqueObject>()
  for (const entry of bundle.values()) {
    const object = entry.type === 'attack-pattern' && attack ? originalOf(entry) : undefined
    const id = object && recogniseTechnique(entry.value, attack)?.id
    if (object && id !== undefined && attack?.history(id).length === 0) originals.set(id, object)
  }
  if (originals.size === 0) return sets
  return sets.map((set) => ({
    ...set,
    mappings: set.mappings.map((row) => (row.kind === 'unmapped-capability'
      ? row : { ...row, technique: { ...row.technique, ...stated({ object: originals.get(row.technique.id) }) } })),
  }))
}

/** What a copy of one of MITRE's objects states; undefined for the objects of others, who give techniques ids of their own. */
function originalOf({ id, value }: BundleEntry): TechniqueObject | undefined {
  const name = textOf(value, 'name')
  if (textOf(value, 'created_by_ref') !== mitreIdentity.id || name === undefined) return undefined
  const tactics = objectsOf(value.kill_chain_phases).flatMap((phase) => textOf(phase, 'phase_name') ?? [])
  return { stixId: id, name, tactics, ...stated({ created: textOf(value, 'created'), modified: textOf(value, 'modified') }) }
}

/** A relationship between a capability and a technique, in either direction. */
interface MappingRelationship {
  readonly entry: BundleEntry
  /** The capability's STIX id. The object may be missing from the bundle. */
  readonly capability: string
  readonly technique: TechniqueRef
}

/** Relationship types by which ATT&CK and STIX organise their own objects. */
const structural: ReadonlySet<string> = new Set(['subtechnique-of', 'subcontrol-of', 'revoked-by', 'derived-from', 'duplicate-of'])

/** The relationships that map a capability to a technique. Others are counted by the types of their ends, and reported. */
export function sortRelationships(
  bundle: BundleIndex, elsewhere: BundleIndex, claimed: ReadonlySet<string>, find: FindTechnique, reader: FileReader,
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
    else if ('capability' in mapped) found.push({ entry, ...mapped })
    else if (mapped.matrix !== undefined) reader.count('parse/other-matrix', mapped.matrix, mapped.entry.pointer, entry.pointer)
    else reader.count('parse/unrecognised-technique', describeObject(mapped.entry), mapped.entry.pointer, entry.pointer)
  }
  return found

  function classify([source, target]: Ends, type: string): MappedEnds | UnrecognisedEnd | 'other' | 'unresolved' {
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
    if (![source, target].every(couldBeCapability)) return 'other'
    return [source, target].some(isUnknownPattern) ? 'unresolved' : (findUnrecognised(source, target) ?? 'other')
  }

  /** The end that is a technique, but none of ATT&CK's, or none that is recognised; undefined if neither end appears to be one. */
  function findUnrecognised(source: string, target: string): UnrecognisedEnd | undefined {
    const patterns = [source, target].filter((id) => typeOf(id) === 'attack-pattern')
    for (const id of patterns) {
      const entry = bundle.get(id) ?? elsewhere.get(id)
      if (!entry) continue
      const matrix = otherMatrixOf(entry.value)
      if (matrix !== undefined) return { entry, matrix }
      // A relationship from a control to an attack-pattern of no catalogue is a mapping, whatever the object lacks.
      if (looksLikeTechnique(entry.value) || (patterns.length === 1 && !belongsElsewhere(entry.value))) return { entry }
    }
    return undefined
  }

  /** An attack-pattern that is in no document: it may or may not be a technique. */
  function isUnknownPattern(id: string): boolean {
    return typeOf(id) === 'attack-pattern' && !bundle.has(id) && !elsewhere.has(id)
  }
}

/** The end of a relationship that appears to be a technique and is not recognised as one of ATT&CK's. */
interface UnrecognisedEnd {
  readonly entry: BundleEntry
  /** Name of the other matrix that it is of. */
  readonly matrix?: string
}

type MappedEnds = Pick<MappingRelationship, 'capability' | 'technique'>
type Ends = readonly [source: string | undefined, target: string | undefined]

function describe([source, target]: Ends, type: string): string {
  return `${describeEnd(source)} ${type} ${describeEnd(target)}`
}

/** An object in a few words, for messages: its name and id. */
function describeObject({ id, value }: BundleEntry): string {
  const name = textOf(value, 'name')?.slice(0, LONGEST_NAME)
  return name === undefined ? id : `"${name}" (${id})`
}

/** Characters of a name in a message. */
const LONGEST_NAME = 80

function describeEnd(id: string | undefined): string {
  return id === undefined ? '(no id)' : (typeOf(id) ?? '(invalid id)')
}

function couldBeCapability(id: string): boolean {
  return capabilityTypes.has(typeOf(id) ?? '')
}

/** A capability, and its object if it is in the bundle or in another document. */
export interface ListedCapability {
  readonly capability: BundleCapability
  readonly entry?: BundleEntry
}

/**
 * The capabilities of a bundle by STIX id: its controls, mapped or not, and every other object that a relationship maps. Mapped
 * objects that no document has get their STIX id as capability id, and are reported.
 */
export function listCapabilities(
  bundle: BundleIndex, elsewhere: BundleIndex, claimed: ReadonlySet<string>, relationships: readonly MappingRelationship[],
  find: FindTechnique, isMapex: boolean, reader: FileReader,
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
  const missing = [...mapped].filter(([id]) => !bundle.has(id))
  reportMissing(missing.filter(([id]) => !elsewhere.has(id)), reader)
  for (const [id] of missing) {
    const entry = elsewhere.get(id)
    listed.set(id, entry ? { capability: readCapability(entry, isMapex), entry } : { capability: { id, groups: [], isOurs: false } })
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
    hint: 'They may be in another bundle, such as the -controls.json for a -mappings.json: name both in one command.',
  })
}
