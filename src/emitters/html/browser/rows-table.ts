import { writeCount } from '../view/counts.js'
import { createRowSorter, type SortKey } from '../view/find-rows.js'
import type { Report } from './details.js'
import { create, createScore, isolate, toggleHidden } from './elements.js'

const pageSize = 100
/** A large report would fill hundreds of pages. */
const printedRows = 1000

const turns = ['First', 'Back', 'Next', 'Last'] as const

/** The table of rows, shown in pages, so that the document stays small. */
interface RowsTable {
  readonly element: HTMLElement
  readonly show: (rows: readonly number[]) => void
}

/** Creates the table. A click on a column's title sorts by it; another one reverses the order. */
export function createRowsTable(report: Report): RowsTable {
  const sort = createRowSorter(report.data)
  const columns = listRowColumns(report)
  let rows: readonly number[] = []
  let sorted: readonly number[] = []
  let order: { readonly key: SortKey; readonly isDescending: boolean } = { key: 'row', isDescending: false }
  let page = 0

  const heads = columns.map(({ title, key }) => {
    const label = key === undefined ? title : create('button', { type: 'button', click: () => sortBy(key) }, title)
    return { key, head: create('th', { scope: 'col' }, label) }
  })
  const body = create('tbody')
  const place = create('p', { class: 'place', 'aria-live': 'polite' })
  const [first, back, next, last] = turns.map((name) => create('button', { type: 'button', click: () => turn(name) }, name))
  const headRow = create('tr', {}, ...heads.map(({ head }) => head))
  const table = create('table', { class: 'rows' }, create('caption', {}, 'Mappings'), create('thead', {}, headRow), body)
  const pager = create('div', { class: 'pager', role: 'group', 'aria-label': 'Pages of mappings' })
  for (const button of [first, back, next, last]) if (button) pager.append(button)
  const element = create('div', {}, create('div', { class: 'tools' }, place, pager),
    create('div', { class: 'scroll', role: 'region', 'aria-label': 'Table of mappings', tabindex: '0' }, table))
  addEventListener('beforeprint', () => render(0, printedRows))
  addEventListener('afterprint', () => render(page * pageSize, pageSize))
  return {
    element,
    show(found) {
      rows = found
      arrange()
    },
  }

  function sortBy(key: SortKey): void {
    order = { key, isDescending: order.key === key && !order.isDescending }
    for (const { key: own, head } of heads) {
      if (own === key) head.setAttribute('aria-sort', order.isDescending ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
    arrange()
  }

  function arrange(): void {
    sorted = sort(rows, order.key, order.isDescending)
    page = 0
    render(0, pageSize)
  }

  function turn(name: (typeof turns)[number]): void {
    const end = Math.max(0, Math.ceil(sorted.length / pageSize) - 1)
    page = name === 'First' ? 0 : name === 'Last' ? end : Math.min(end, Math.max(0, page + (name === 'Next' ? 1 : -1)))
    render(page * pageSize, pageSize)
  }

  function render(from: number, count: number): void {
    const shown = sorted.slice(from, from + count)
    body.replaceChildren(...shown.map((row) => create('tr', {}, ...columns.map(({ cell }) => create('td', {}, ...cell(row))))))
    const range = shown.length === sorted.length ? '' : `${writeCount(from + 1)} to ${writeCount(from + shown.length)} of `
    place.textContent = sorted.length === 0 ? 'No row is like that.' : `Rows ${range}${writeCount(sorted.length)}`
    toggleHidden(pager, sorted.length <= pageSize)
    for (const button of [first, back]) if (button) button.disabled = from === 0
    for (const button of [next, last]) if (button) button.disabled = from + count >= sorted.length
  }
}

/** A column of the table of rows. */
interface RowColumn {
  readonly title: string
  readonly key?: SortKey
  readonly cell: (row: number) => readonly (Node | string)[]
}

const longestComment = 160

/** The columns that have a value in some row of the report. */
function listRowColumns(report: Report): readonly RowColumn[] {
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

/** The id as a button that opens the details, and the name. */
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
