import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import type { About, Capability, FrameworkRelease, Group, Relation, ResolvedSet, SourceDocument } from '../../model/mapping-set.js'
import type { Completion, Person, RowRelease } from '../../model/mapping.js'
import { describePlace, mappingIds } from '../table/table-rows.js'

/** Facts about a row that have no column in the table. */
interface RowDetails {
  readonly mapping_id: string
  readonly author?: Person
  readonly release?: RowRelease
  /** Fields that were completed from another document, with its name and the place, written as in the columns of these names. */
  readonly completed?: readonly { readonly field: string; readonly source_document: string; readonly source_place: string }[]
}

/** Facts about a set that are in no row. Together with the rows of the table they are the complete model. */
export interface SetDescription {
  readonly framework: FrameworkRelease
  readonly attack: ResolvedSet['attack']
  /** The ATT&CK release in which tactics and status were looked up, and how it matches the stated one. */
  readonly looked_up_in: { readonly version: string; readonly match: AttackReleaseView['match'] }
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  /** Only those with facts that are in no row: without rows, or with a longer description, another name or other groups. */
  readonly capabilities: readonly Capability[]
  readonly sources: readonly SourceDocument[]
  readonly row_details: readonly RowDetails[]
}

/** Describes a set for the metadata of a table. */
export function describeSet(set: ResolvedSet, attack: AttackIndex): SetDescription {
  const { version, match } = attack.release(set.attack.domain, set.attack.version)
  return {
    framework: set.framework,
    attack: set.attack,
    looked_up_in: { version, match },
    about: set.about,
    relations: [...set.relations.values()],
    groups: [...set.groups.values()],
    capabilities: capabilitiesBeyondRows(set),
    sources: set.sources,
    row_details: rowDetails(set),
  }
}

function rowDetails(set: ResolvedSet): readonly RowDetails[] {
  const ids = mappingIds(set)
  return set.mappings.flatMap(({ author, release, completed }, index) => {
    const id = ids[index]
    if (id === undefined || (!author && !release && !completed)) return []
    return [
      {
        mapping_id: id,
        ...(author && { author }),
        ...(release && { release }),
        ...(completed && { completed: completed.map(describeCompletion) }),
      },
    ]
  })
}

function describeCompletion({ field, from }: Completion): NonNullable<RowDetails['completed']>[number] {
  return { field, source_document: from.document, source_place: describePlace(from.place) }
}

function capabilitiesBeyondRows(set: ResolvedSet): readonly Capability[] {
  const inRows = new Map<string, { name?: string; groups: Set<string> }>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-technique') continue
    const { id, description } = mapping.capability
    const known = inRows.get(id) ?? { groups: new Set<string>() }
    if (known.name === undefined && description !== undefined) known.name = description
    if (mapping.group !== undefined) known.groups.add(mapping.group)
    inRows.set(id, known)
  }
  return [...set.capabilities.values()].filter((capability) => {
    const rows = inRows.get(capability.id)
    return (
      !rows ||
      capability.description !== undefined ||
      rows.name !== capability.name ||
      !sameOrder([...rows.groups], capability.groups)
    )
  })
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
