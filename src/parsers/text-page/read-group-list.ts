import type { ListedGroup } from '../page/page-content.js'
import { dropNumbers } from './drop-numbers.js'
import type { TextTable } from './find-tables.js'
import { listLines } from './list-lines.js'
import type { TableContext } from './table-context.js'

/** Reads a page's list of groups; lines that are none are reported. */
export function readGroupList(table: TextTable, { known, framework, reports }: TableContext): readonly ListedGroup[] {
  return listLines(table.body).flatMap((line) => {
    const { rest, numbers } = dropNumbers(line.text, 2)
    if (numbers[0] === undefined) {
      reports.unreadableRow(line)
      return []
    }
    const space = rest.indexOf(' ')
    const id = space < 0 ? rest : rest.slice(0, space)
    const name = space < 0 ? known.group(framework?.id ?? '', id)?.name ?? id : rest.slice(space + 1)
    return [{ id, name, rows: numbers[0] }]
  })
}
