import type { ZipEntry } from './survey-zip.js'

/** The most that a workbook may inflate to, in bytes; 70,000 rows of 20 columns take 50 million. */
export const inflatedLimit = 500_000_000
/** The most that one byte may inflate to, in members that are large; the sheets of honest workbooks stay below 100. */
const ratioLimit = 300
/** Members below this size may have any ratio. */
const smallMember = 5_000_000
/** More members than any workbook has. */
export const memberLimit = 10_000

/** Why an archive must not be inflated, in words; undefined where nothing speaks against it. */
export function judgeZip(entries: readonly ZipEntry[]): string | undefined {
  if (entries.length > memberLimit) return `more than ${memberLimit} members`
  let total = 0
  for (const { name, compressed, inflated, stored } of entries) {
    total += inflated
    // A reader stops inflating at the declared size; where none is declared it cannot.
    if (inflated === 0 && compressed > 2) return `${name} with no size declared`
    if (!stored && inflated > smallMember && inflated / Math.max(compressed, 1) > ratioLimit) {
      return `${name} inflates ${Math.round(inflated / Math.max(compressed, 1))} times, to ${describeSize(inflated)}`
    }
  }
  return total > inflatedLimit ? `${describeSize(total)} when inflated` : undefined
}

function describeSize(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
