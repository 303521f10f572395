import type { AttackTechnique } from '../../attack/attack-index.js'
import type { OriginalObjects } from '../../attack/original-objects.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { EmitContext } from '../emitter.js'
import { findTechnique } from './find-technique.js'
import { loadOriginal, type Original } from './load-original.js'
import { mitreIdentityObject, mitreMarkingObject } from './mitre-objects.js'
import type { AttackPattern, Identity, StatementMarking, StixId } from './stix-object.js'

/** MITRE's own objects, for a bundle to hold word for word. */
export interface Originals {
  /** By what the index knows of the same technique. */
  readonly techniques: ReadonlyMap<AttackTechnique, AttackPattern>
  /** The identities and markings that these refer to. */
  readonly owners: ReadonlyMap<StixId, Identity | StatementMarking>
}

/**
 * The techniques that sets take from the release whose bundle was named for this run (`--attack`), as the bundle has them. One
 * that is no valid STIX 2.1, or that refers to what the bundle lacks, is built from the index as ever, and counted
 * (`emit/technique-rebuilt`).
 */
export async function findOriginals(sets: readonly ResolvedSet[], { attack, report }: EmitContext): Promise<Originals> {
  const techniques = new Map<AttackTechnique, AttackPattern>()
  const owners = new Map<StixId, Identity | StatementMarking>()
  const { originals } = attack
  if (!originals) return { techniques, owners }
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
    for (const other of others) if (other.type !== 'attack-pattern') owners.set(other.id, other)
  }
  if (rebuilt.length > 0) report('emit/technique-rebuilt', { found: rebuilt.slice(0, 10).join(', '), count: rebuilt.length })
  return { techniques, owners }
}

/** The techniques of sets that the index takes from the bundle's release; each once. */
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

/** An object and everything that it refers to, itself first; undefined where any of them is not to be had. */
async function loadFamily(
  id: StixId, originals: OriginalObjects, seen: Map<StixId, Original | undefined>,
): Promise<readonly Original[] | undefined> {
  const family = new Map<StixId, Original>()
  const wanted = [id]
  for (const next of wanted) {
    if (family.has(next)) continue
    if (!seen.has(next)) seen.set(next, await loadOriginal(originals, next) ?? substitutes.get(next))
    const object = seen.get(next)
    if (!object) return undefined
    family.set(next, object)
    wanted.push(...listReferences(object))
  }
  return [...family.values()]
}

/** Every bundle of ATT&CK refers to these two; one that was cut down may lack them. */
const substitutes: ReadonlyMap<StixId, Original> = new Map<StixId, Original>([
  [mitreIdentityObject.id, mitreIdentityObject],
  [mitreMarkingObject.id, mitreMarkingObject],
])

/** The ids in an object's own properties that are references by their names. */
function listReferences(object: Original): readonly StixId[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
    (/_refs?$/.test(name) ? [value].flat().filter((reference) => typeof reference === 'string') : []))
}
