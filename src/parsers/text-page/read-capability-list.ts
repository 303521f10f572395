import type { ListedCapability } from '../page/page-content.js'
import { createSplitter, type Splitter } from './create-splitter.js'
import { dropNumbers } from './drop-numbers.js'
import type { TextTable } from './find-tables.js'
import { listLines } from './list-lines.js'
import type { TableContext } from './table-context.js'

/** Reads a page's list of capabilities. An id that could be something else is left to the rows. */
export function readCapabilityList(table: TextTable, context: TableContext): readonly ListedCapability[] {
  const split = createSplitter(table, context)
  return listLines(table.body).map(({ text }) => readLine(text, split))
}

function readLine(text: string, split: Splitter): ListedCapability {
  const { rest, numbers: [rows] } = dropNumbers(text, 1)
  const { capability: { id, description }, by } = split(rest)
  return {
    ...(by !== 'guess' && { id, ...(description !== undefined && { name: description }) }),
    ...(rows !== undefined && { rows }),
  }
}
