import { isNonMappable } from '../page/non-mappable.js'
import type { PageRow } from '../page/page-content.js'
import type { PageHeading } from '../page/page-heading.js'
import { readPageSection } from '../page/page-section.js'
import type { TextTable } from './find-tables.js'
import type { PageReports } from './page-reports.js'
import { isBrokenHeader } from './read-header.js'
import type { TextLine } from './text-lines.js'

/** Tells whether the text breaks off behind a section's heading, in a table's header or in its last row. */
export function checkEnd(
  lines: readonly TextLine[], headingLine: TextLine | undefined, tables: readonly TextTable[], rows: readonly PageRow[],
  heading: PageHeading, reports: PageReports,
): void {
  const last = lines.findLast((line) => line.text !== '')
  if (!last) return
  const inHeader = isBrokenHeader(last.text) || tables.some((table) => table.kind !== 'techniques' && table.header === last)
  const inHeading = last !== headingLine && readPageSection(last.text) !== undefined
  if (inHeader || inHeading || isBrokenRow(last, rows, heading)) reports.truncated(last)
}

/** A row on the last line that ends before its technique, or in the middle of the technique's name. */
function isBrokenRow(last: TextLine, rows: readonly PageRow[], heading: PageHeading): boolean {
  const row = rows.find(({ place }) => place.kind === 'text' && place.line === last.number)
  if (!row || row.unmappable) return false
  const { technique } = row
  if (!technique) return !isNonMappable(row.relation) && !last.text.endsWith('None')
  const names = rows.flatMap((other) => (other.technique?.id === technique.id ? other.technique.name ?? [] : []))
  if (heading.kind === 'technique' && heading.technique.id === technique.id) names.push(heading.technique.name ?? '')
  const name = technique.name ?? ''
  if (heading.kind === 'technique' && name === '' && heading.technique.id.startsWith(`${technique.id}.`)) return true
  return names.some((other) => other.length > name.length && other.startsWith(name))
}
