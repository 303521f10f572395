import type { AttackIndex } from '../../attack/attack-index.js'
import { attackId, techniqueIdForm } from '../../attack/bundle/attack-id.js'
import type { TechniqueRef } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { BundleEntry, BundleIndex } from './bundle-index.js'
import { textOf } from './object-fields.js'

/** Tells which technique an object's id stands for; undefined when it stands for none. */
export type FindTechnique = (stixId: string) => TechniqueRef | undefined

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
