import type { PageRow } from '../page/page-content.js'
import { createSplitter, type Splitter } from './create-splitter.js'
import type { TextTable } from './find-tables.js'
import { isBare } from './is-bare.js'
import { listLines } from './list-lines.js'
import type { PageReports } from './page-reports.js'
import type { TableContext } from './table-context.js'
import { placeOf, type TextLine } from './text-lines.js'

/** Reads a table of capabilities that map to nothing: each line is a row. Behind a blank line only known ones count. */
export function readUnmappableTable(table: TextTable, context: TableContext): readonly PageRow[] {
  const split = createSplitter(table, context)
  const first = listLines(table.body)
  const more = table.body.slice(first.length).filter(({ text }) => text !== '' && isBare(split(text)))
  return [...first, ...more].map((line) => readRow(line, split, context.reports))
}

function readRow(line: TextLine, split: Splitter, reports: PageReports): PageRow {
  const { capability, framework, by } = split(line.text)
  if (by === 'guess') reports.ambiguousCapability(line, capability, framework)
  if (!framework) reports.unknownFramework(line)
  return { place: placeOf(line), ...(framework && { framework }), capability, unmappable: true }
}
