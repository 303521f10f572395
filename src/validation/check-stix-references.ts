import type { TreeValue } from '../formats/decoded.js'
import { isTreeObject, itemsOf, textOf, type TreeObject } from './tree-fields.js'
import type { ValidationContext } from './validator.js'

/** Marking definitions that the specification defines: a bundle need not repeat them (STIX 2.1, section 7.2.1.4). */
const predefined: ReadonlySet<string> = new Set([
  'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
  'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
  'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
  'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
])

interface Reference {
  readonly pointer: string
  readonly target: string
}

/**
 * No version of an object twice, and references that resolve inside the bundle. STIX allows others, but platforms lose them;
 * in a bundle of ours they are an error, save those to techniques (profile `attack-present` leaves them to the platform).
 */
export function checkStixReferences(objects: readonly TreeValue[], own: boolean, { reportAt }: ValidationContext): void {
  const versions = new Map<string, string>()
  const ids = new Set<string>()
  for (const [index, object] of objects.entries()) {
    const id = textOf(object, 'id')
    if (id === undefined) continue
    ids.add(id)
    const version = `${id} ${textOf(object, 'modified') ?? ''}`
    const first = versions.get(version)
    if (first === undefined) versions.set(version, `/objects/${index}`)
    else reportAt(`/objects/${index}/id`, 'verify/meaning', { message: `The object already stands at ${first}`, found: id })
  }
  for (const [index, object] of objects.entries()) {
    if (!isTreeObject(object)) continue
    for (const { pointer, target } of listReferences(object, `/objects/${index}`)) {
      if (ids.has(target) || predefined.has(target)) continue
      const lost = own && !target.startsWith('attack-pattern--')
      reportAt(pointer, lost ? 'verify/meaning' : 'verify/doubtful', {
        message: 'The reference leads out of the bundle; a platform that does not hold the object loses it',
        found: target,
      })
    }
  }
}

function listReferences(object: TreeObject, pointer: string): readonly Reference[] {
  const markings = itemsOf(object, 'granular_markings').flatMap((marking, index) => {
    const target = textOf(marking, 'marking_ref')
    return target === undefined ? [] : [{ pointer: `${pointer}/granular_markings/${index}/marking_ref`, target }]
  })
  const own = Object.entries(object).flatMap(([name, value]) => {
    if (name.endsWith('_ref') && typeof value === 'string') return [{ pointer: `${pointer}/${name}`, target: value }]
    if (!name.endsWith('_refs') || !Array.isArray(value)) return []
    return value.flatMap((target: TreeValue, index) =>
      typeof target === 'string' ? [{ pointer: `${pointer}/${name}/${index}`, target }] : [])
  })
  return [...own, ...markings]
}
