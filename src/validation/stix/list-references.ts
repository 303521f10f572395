import type { TreeValue } from '../../formats/decoded.js'
import { isTreeObject } from '../tree-fields.js'

type Steps = (string | number)[]

/**
 * Calls `visit` with every reference of an object, at any depth: texts under names that end in `_ref`, and in the lists under
 * those that end in `_refs` (STIX 2.1, section 3.1). Those in a container of observables name its own entries: they are left out.
 * `steps` is reused: who keeps them copies them. Documents are at most 200 levels deep.
 */
export function visitReferences(value: TreeValue, visit: (target: string, steps: Steps) => void, steps: Steps = []): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) descend(value[index], index)
  } else if (isTreeObject(value)) {
    for (const name of Object.keys(value)) {
      const child = value[name]
      if (name.endsWith('_ref') && typeof child === 'string') {
        steps.push(name)
        visit(child, steps)
        steps.pop()
      } else if (name.endsWith('_refs') && Array.isArray(child)) visitList(name, child)
      else if (!(name === 'objects' && steps.length === 0)) descend(child, name)
    }
  }

  function descend(child: TreeValue | undefined, step: string | number): void {
    if (typeof child !== 'object' || child === null) return
    steps.push(step)
    visitReferences(child, visit, steps)
    steps.pop()
  }

  function visitList(name: string, list: readonly TreeValue[]): void {
    steps.push(name)
    for (let index = 0; index < list.length; index += 1) {
      const target = list[index]
      if (typeof target === 'string') {
        steps.push(index)
        visit(target, steps)
        steps.pop()
      } else descend(target, index)
    }
    steps.pop()
  }
}
