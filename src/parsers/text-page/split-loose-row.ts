import type { SplitCapability } from './split-capability.js'
import type { SplitRow } from './split-row.js'

/**
 * A row whose mapping type is none that is known. Where the capability's name is known, the mapping type is what stands
 * behind it; else it is taken to be the last word.
 */
export function splitLooseRow(row: SplitRow, split: (text: string) => SplitCapability): SplitRow {
  const { capability: { id, description }, name } = split(row.capability)
  if (description === undefined) return row
  if (name !== undefined && description === name) return row
  if (name !== undefined && description.startsWith(`${name} `)) {
    return { ...row, capability: `${id} ${name}`, relation: description.slice(name.length + 1) }
  }
  const space = row.capability.lastIndexOf(' ')
  return { ...row, capability: row.capability.slice(0, space), relation: row.capability.slice(space + 1) }
}
