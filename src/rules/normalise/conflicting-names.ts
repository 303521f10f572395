import type { Mapping } from '../../model/mapping.js'
import { describeOrigin } from '../../model/origin.js'
import type { NormaliseRule } from '../rule.js'

/** Reports capability ids that rows print with different names, with both places. Each row keeps its name. */
export const conflictingNames: NormaliseRule = (set, report) => {
  const first = new Map<string, { description: string; mapping: Mapping }>()
  const conflicts = new Map<string, { id: string; first: string; other: string; mapping: Mapping; firstMapping: Mapping; count: number }>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-technique' || mapping.capability.description === undefined) continue
    const { id, description } = mapping.capability
    const known = first.get(id)
    if (!known) {
      first.set(id, { description, mapping })
    } else if (known.description !== description) {
      const key = JSON.stringify([id, description])
      const conflict = conflicts.get(key)
      if (conflict) conflict.count++
      else conflicts.set(key, { id, first: known.description, other: description, mapping, firstMapping: known.mapping, count: 1 })
    }
  }
  for (const { id, first: one, other, mapping, firstMapping, count } of conflicts.values()) {
    const [origin] = mapping.origins
    report('normalise/conflicting-names', {
      message: `${id} is "${one}" in one row and "${other}" in another`,
      count,
      ...(origin && { origin }),
      ...(firstMapping.origins[0] && { hint: `the first name is in ${describeOrigin(firstMapping.origins[0])}` }),
    })
  }
  return set
}
