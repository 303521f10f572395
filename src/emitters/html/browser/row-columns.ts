import type { SortKey } from '../view/sort-rows.js'
import { create, isolate } from './elements.js'
import type { Report } from './report.js'
import { createScore } from './score.js'

/** A column of the table of rows. */
interface RowColumn {
  readonly title: string
  readonly key?: SortKey
  readonly cell: (row: number) => readonly (Node | string)[]
}

const longestComment = 160

/** The columns in which a row of the report says something. */
export function listRowColumns(report: Report): readonly RowColumn[] {
  const { data: { rows, sets, capabilities, techniques, texts }, openCapability, openTechnique } = report
  const titleOf = (row: number): string => sets[rows.set[row] ?? -1]?.title ?? ''
  const textOf = (column: readonly number[] | undefined, row: number): string => texts[column?.[row] ?? -1] ?? ''
  const textColumn = (title: string, name: 'relation' | 'group' | 'comments'): readonly RowColumn[] =>
    when(rows[name] !== undefined, { title, key: name, cell: (row) => [isolate(shorten(textOf(rows[name], row)))] })
  const isScored = rows.category !== undefined || rows.value !== undefined
  return [
    ...when(sets.length > 1, { title: 'Framework', key: 'set', cell: (row) => [isolate(titleOf(row))] }),
    { title: 'Capability', key: 'capability', cell: (row) => createName(rows.capability[row], capabilities, openCapability) },
    { title: 'Technique', key: 'technique', cell: (row) => createName(rows.technique[row], techniques, openTechnique) },
    ...textColumn('Mapping type', 'relation'),
    ...when(isScored, { title: 'Score', key: 'score', cell: (row) => createScore(report.data, row) }),
    ...textColumn('Group', 'group'),
    ...textColumn('Comment', 'comments'),
    { title: 'Details', cell: (row) => [createOpener(row, report)] },
  ]
}

function createOpener(row: number, { openRow }: Report): HTMLElement {
  return create('button', { type: 'button', click: () => openRow(row), 'aria-label': `Details of row ${row + 1}` }, 'Details')
}

function when(isNeeded: boolean, column: RowColumn): readonly RowColumn[] {
  return isNeeded ? [column] : []
}

/** An id that opens its details, and the name. */
function createName(
  index = -1, items: readonly { readonly id: string; readonly name?: string }[], open: (index: number) => void,
): readonly (Node | string)[] {
  const item = items[index]
  if (!item) return ['–']
  const label = item.name === undefined || item.name === item.id ? [] : [create('span', { class: 'muted' }, isolate(item.name))]
  return [create('button', { type: 'button', class: 'link', click: () => open(index) }, isolate(item.id)), ' ', ...label]
}

function shorten(text: string): string {
  return text.length <= longestComment ? text : `${text.slice(0, longestComment).replace(/[\uD800-\uDBFF]$/, '')}…`
}
