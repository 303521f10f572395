import type { SetCoverage } from '../../coverage/coverage.js'
import { createPairMap } from '../../model/lookups.js'
import { compareIds } from '../../model/text.js'

/** The coverage of a capability group. */
export interface GroupCoverage {
  /** Absent for capabilities and rows without a group. */
  readonly id?: string
  readonly name?: string
  readonly capabilities: number
  /** Of these, those with a counted row. */
  readonly mappedCapabilities: number
  /** Counted rows. */
  readonly rows: number
  /** Active techniques of these rows, each once. */
  readonly techniques: number
  readonly subTechniques: number
}

interface Tally {
  readonly capabilities: Set<string>
  readonly mapped: Set<string>
  readonly techniques: Set<string>
  rows: number
}

/** The coverage of each capability group, by group id. Rows without a group belong to the groups of their capability. */
export function countGroups({ set, countedRows }: SetCoverage): readonly GroupCoverage[] {
  const tallies = new Map<string | undefined, Tally>()
  for (const { id, groups } of set.capabilities.values()) {
    for (const group of orNone(groups)) tallyOf(tallies, group).capabilities.add(id)
  }
  for (const { capability, group, rows, techniques } of tallyRows(countedRows)) {
    for (const id of group === undefined ? orNone(set.capabilities.get(capability)?.groups ?? []) : [group]) {
      const tally = tallyOf(tallies, id)
      tally.rows += rows
      tally.capabilities.add(capability)
      tally.mapped.add(capability)
      for (const technique of techniques) tally.techniques.add(technique)
    }
  }
  return Array.from(tallies, ([id, { capabilities, mapped, techniques, rows }]): GroupCoverage => {
    const name = id === undefined ? undefined : set.groups.get(id)?.name
    const subTechniques = [...techniques].filter((technique) => technique.includes('.')).length
    return {
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      capabilities: capabilities.size,
      mappedCapabilities: mapped.size,
      rows,
      techniques: techniques.size - subTechniques,
      subTechniques,
    }
  }).toSorted(compareGroups)
}

/** Rows of one capability and group. */
interface RowTally {
  readonly capability: string
  readonly group: string | undefined
  readonly techniques: Set<string>
  rows: number
}

/** Tallies rows by capability and group, since a capability may have as many groups as rows. */
function tallyRows(rows: SetCoverage['countedRows']): readonly RowTally[] {
  const tallies = createPairMap<string, string | undefined, RowTally>()
  for (const { capability: { id }, group, technique } of rows) {
    const tally = tallies.get(id, group) ?? tallies.add(id, group, { capability: id, group, techniques: new Set<string>(), rows: 0 })
    tally.rows += 1
    tally.techniques.add(technique.id)
  }
  return tallies.values
}

function orNone(groups: readonly string[]): readonly (string | undefined)[] {
  return groups.length === 0 ? [undefined] : groups
}

/** Gets the tally of a group, creating it if needed. */
function tallyOf(tallies: Map<string | undefined, Tally>, id: string | undefined): Tally {
  const known = tallies.get(id)
  if (known) return known
  const tally = { capabilities: new Set<string>(), mapped: new Set<string>(), techniques: new Set<string>(), rows: 0 }
  tallies.set(id, tally)
  return tally
}

/** By id; the entry without a group comes last. */
function compareGroups({ id: a }: GroupCoverage, { id: b }: GroupCoverage): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return compareIds(a, b)
}
