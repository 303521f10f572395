import { foldName } from '../../model/compare-text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow } from '../../model/mapping.js'

/** "AC-2 Account Management"; the name alone where it only repeats the id ("aws_cloudhsm", "AWS CloudHSM"). */
export function labelCapability(set: ResolvedSet, id: string): string {
  return joinIdAndName(id, set.capabilities.get(id)?.name)
}

/** The group's name: its id is seldom made for people. */
export function labelGroup(set: ResolvedSet, id: string): string {
  return set.groups.get(id)?.name ?? id
}

/** The mapping type's name as pages print it. */
export function labelRelation(set: ResolvedSet, id: string): string {
  return set.relations.get(id)?.name ?? id
}

/** What a row says of how its capability bears on its technique: "protect partial", or its mapping type. */
export function labelBearing(set: ResolvedSet, row: MappedRow): string {
  const score = [row.score?.category, row.score?.value].filter((part) => part !== undefined).join(' ')
  if (score !== '') return score
  return row.relation === undefined ? 'mapped' : labelRelation(set, row.relation)
}

/** With a capital at the start, as headings have. */
export function capitalise(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

function joinIdAndName(id: string, name: string | undefined): string {
  if (name === undefined) return id
  return foldName(id) === foldName(name) ? name : `${id} ${name}`
}
