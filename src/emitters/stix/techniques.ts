import { type AttackIndex, type AttackTechnique, techniqueIdForm } from '../../attack/attack-index.js'
import type { OriginalObjects } from '../../attack/bundle/read-bundle.js'
import { findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, TechniqueRef } from '../../model/mapping.js'
import { schemaErrors } from '../../schemas/schema-errors.js'
import type { EmitContext } from '../emitter.js'
import { epoch, stixId, toTimestamp, type StixId } from '../objects/stix-id.js'
import { mitreIdentityObject, mitreMarkingObject } from './preamble-objects.js'
import {
  type AttackPattern, type CapabilityObject, type Identity, type SetProperties, statedFields, statedList, type StatementMarking, type StixObject,
} from './stix-object.js'

/** MITRE's own objects, to be copied unchanged. */
export interface Originals {
  /** By the entry of the technique in the index. */
  readonly techniques: ReadonlyMap<AttackTechnique, AttackPattern>
  /** Identities and markings that the techniques refer to, by id. */
  readonly owners: ReadonlyMap<StixId, Identity | StatementMarking>
}

/**
 * Finds the techniques of sets in the ATT&CK bundle of this run (`--attack`). Those that are not valid STIX 2.1, or refer to
 * objects that are missing in the bundle, are left out, to be referred to, and are counted (`emit/technique-rebuilt`).
 */
export async function findOriginals(sets: readonly ResolvedSet[], { attack, report }: EmitContext): Promise<Originals> {
  const techniques = new Map<AttackTechnique, AttackPattern>()
  const referred = new Map<StixId, Identity | StatementMarking>()
  const { originals } = attack
  if (!originals) return { techniques, owners: referred }
  const rebuilt: string[] = []
  const seen = new Map<StixId, Original | undefined>()
  for (const technique of listTechniques(sets, attack, originals)) {
    const family = await loadFamily(technique.stixId, originals, seen)
    const [original, ...others] = family ?? []
    if (original?.type !== 'attack-pattern' || original.modified !== technique.modified) {
      rebuilt.push(technique.id)
      continue
    }
    techniques.set(technique, original)
    for (const other of others) if (other.type !== 'attack-pattern') referred.set(other.id, other)
  }
  if (rebuilt.length > 0) report('emit/technique-rebuilt', { found: rebuilt.slice(0, 10).join(', '), count: rebuilt.length })
  return { techniques, owners: referred }
}

/** The techniques of sets that are looked up in the release of the bundle, each once. */
function listTechniques(
  sets: readonly ResolvedSet[], attack: EmitContext['attack'], { domain, version }: OriginalObjects,
): ReadonlySet<AttackTechnique> {
  const techniques = new Set<AttackTechnique>()
  for (const set of sets) {
    const ids = new Set(set.mappings.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))
    for (const id of ids) {
      const found = findTechnique(attack, set.attack, id)
      if (found?.domain === domain && found.version === version) techniques.add(found.technique)
    }
  }
  return techniques
}

/** Loads an object and all objects that it refers to, itself first; undefined if one of them is missing or invalid. */
async function loadFamily(
  id: StixId, originals: OriginalObjects, seen: Map<StixId, Original | undefined>,
): Promise<readonly Original[] | undefined> {
  const family = new Map<StixId, Original>()
  const wanted = [id]
  for (const next of wanted) {
    if (family.has(next)) continue
    if (!seen.has(next)) seen.set(next, preferOwn(await loadOriginal(originals, next), owners.get(next)))
    const object = seen.get(next)
    if (!object) return undefined
    family.set(next, object)
    wanted.push(...listReferences(object))
  }
  return [...family.values()]
}

/** Techniques in every ATT&CK bundle refer to these two. */
const owners: ReadonlyMap<StixId, Original> = new Map<StixId, Original>([
  [mitreIdentityObject.id, mitreIdentityObject],
  [mitreMarkingObject.id, mitreMarkingObject],
])

/**
 * Our object instead of MITRE's if that is missing (in a reduced bundle) or no later version: a marking has no versions, and MITRE changes
 * its years with each release, so that the original would contradict the bundles of other sets.
 */
function preferOwn(original: Original | undefined, own: Original | undefined): Original | undefined {
  const isLater = original?.type === 'identity' && own?.type === 'identity' && original.modified !== own.modified
  return own && !isLater ? own : original
}

/** Ids in the top-level properties of an object whose names end in `_ref` or `_refs`. */
function listReferences(object: Original): readonly StixId[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
    (/_refs?$/.test(name) ? [value].flat().filter((reference) => typeof reference === 'string') : []))
}

/** An object by MITRE, which has custom properties beside those of its type. */
type Original = AttackPattern | Identity | StatementMarking

/** Loads an object of an ATT&CK bundle; undefined unless it is valid by Crosswalk's schema of STIX 2.1 bundles. */
async function loadOriginal(originals: OriginalObjects, id: StixId): Promise<Original | undefined> {
  const object: unknown = originals.object(id)
  const errors = await schemaErrors('stix-bundle', { type: 'bundle', id: stixId('bundle'), objects: [object] })
  return errors.length === 0 && isOriginal(object) ? object : undefined
}

/** Narrows to the three types; everything else has been validated by the schema. */
function isOriginal(object: unknown): object is Original {
  if (typeof object !== 'object' || object === null || !('type' in object)) return false
  if (object.type === 'marking-definition') return 'definition_type' in object && object.definition_type === 'statement'
  return object.type === 'attack-pattern' || object.type === 'identity'
}

const killChains: Readonly<Record<Domain, string>> = {
  enterprise: 'mitre-attack',
  mobile: 'mitre-mobile-attack',
  ics: 'mitre-ics-attack',
}

/**
 * Refers to a technique of which MITRE's own object is not available: its id, name and tactics, under MITRE's id. The index has no more,
 * so this must never count as a version of MITRE's: it is older than any (`dateBefore`). It is the same for sets of every release,
 * by the newest release in which the technique is active, and says nothing of whether the technique is revoked.
 */
export function referToTechnique(found: FoundTechnique, attack: AttackIndex): AttackPattern {
  const { id, stixId: own } = found.technique
  const known = references.get(attack) ?? new Map<string, AttackPattern>()
  references.set(attack, known)
  const reference = known.get(`${id} ${own}`)
  if (reference) return reference
  const versions = attack.history(id).filter(({ technique }) => technique.stixId === own)
  if (versions.length === 0) return buildReference(found, [found])
  const built = buildReference(versions.findLast(({ technique }) => technique.status === 'active') ?? versions.at(-1) ?? found, versions)
  known.set(`${id} ${own}`, built)
  texts.set(built, JSON.stringify(built))
  return built
}

/** The JSON text of an object of a bundle: of a reference, which many bundles have, it is made once. */
export function writeObject(object: StixObject): string {
  return (object.type === 'attack-pattern' ? texts.get(object) : undefined) ?? JSON.stringify(object)
}

/** References by the id and the STIX id of techniques, of each index: bundles of several sets refer to the same ones. */
const references = new WeakMap<AttackIndex, Map<string, AttackPattern>>()
const texts = new WeakMap<AttackPattern | CapabilityObject, string>()

function buildReference({ domain, technique }: FoundTechnique, versions: readonly Pick<FoundTechnique, 'technique'>[]): AttackPattern {
  const date = dateBefore(versions)
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: technique.stixId,
    created_by_ref: mitreIdentityObject.id,
    created: date,
    modified: date,
    name: technique.name,
    kill_chain_phases: statedList(technique.tactics.map((name) => ({ kill_chain_name: killChains[domain], phase_name: name }))),
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: technique.id,
        url: `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}`,
      },
    ],
    object_marking_refs: [mitreMarkingObject.id],
  })
}

/**
 * The date of a reference: when MITRE created the technique, which is before any change of it. The epoch if that is not known, or if MITRE
 * published a version with that very date.
 */
function dateBefore(versions: readonly Pick<FoundTechnique, 'technique'>[]): string {
  const created = toTimestamp(versions.find(({ technique }) => technique.created !== undefined)?.technique.created)
  // Most releases have the version of the release before.
  const changes = new Set(versions.map(({ technique }) => technique.modified))
  for (const modified of changes) if (toTimestamp(modified) === created) return epoch
  return created
}

/** Id of a technique that ATT&CK does not have. */
export function stubId(id: string): StixId {
  return stixId('attack-pattern', 'technique', id)
}

/** Builds the stub of a technique that ATT&CK does not have. If a later release has it, platforms merge the two by the reference. */
export function buildStub(technique: TechniqueRef, common: SetProperties): AttackPattern {
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: stubId(technique.id),
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: technique.name ?? technique.id,
    description: `${technique.id}: no release of ATT&CK at hand holds a technique with this id.`,
    external_references: techniqueIdForm.test(technique.id)
      ? [{ source_name: 'mitre-attack', external_id: technique.id }]
      : undefined,
    object_marking_refs: common.object_marking_refs,
  })
}
