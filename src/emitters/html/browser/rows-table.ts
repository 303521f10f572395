import { writeCount } from '../view/counts.js'
import { createRowSorter, type SortKey } from '../view/find-rows.js'
import type { Report } from './details.js'
import { create, createScore, isolate } from './elements.js'

/** A large report would fill hundreds of pages. */
const printedRows = 1000
/** Rows beyond the visible ones, above and below. */
const overscan = 12
/** In pixels, until a row can be measured. All rows are equally high. */
const usualHeight = 44

/** The table of rows. Only visible rows are in the document, so that it stays small. */
interface RowsTable {
  readonly element: HTMLElement
  /** Shows rows, sorted by a key ("capability"; descending: "-capability"; "" for their order in the documents). */
  readonly show: (rows: readonly number[], sort: string) => void
}

/** Creates the table. A click on a column's title sorts by it; another one reverses the order. */
export function createRowsTable(report: Report, sortBy: (sort: string) => void): RowsTable {
  const sorter = createRowSorter(report.data)
  const columns = listRowColumns(report)
  let rows: readonly number[] = []
  let order = ''
  let sorted: readonly number[] = []
  let shown: Range = { from: 0, to: 0 }

  const heads = columns.map(({ title, key, look }) => {
    const label = key === undefined ? title : create('button', { type: 'button', click: () => sortBy(order === key ? `-${key}` : key) }, title)
    return { key, head: create('th', { scope: 'col', class: look }, label) }
  })
  const [above, body, below] = [create('tbody', { class: 'spacer' }), create('tbody'), create('tbody', { class: 'spacer' })]
  const place = create('p', { class: 'place', 'aria-live': 'polite' })
  const table = create('table', { class: 'rows' }, create('caption', {}, 'Mappings'),
    create('thead', {}, create('tr', {}, ...heads.map(({ head }) => head))), above, body, below)
  const scroller = create('div', { class: 'scroll', role: 'region', 'aria-label': 'Table of mappings', tabindex: '0' }, table)
  // Scroll events of the window and of the table's own area.
  document.addEventListener('scroll', () => render(listVisible()), { capture: true, passive: true })
  addEventListener('resize', () => render(listVisible()))
  addEventListener('beforeprint', () => {
    render({ from: 0, to: Math.min(sorted.length, printedRows) }, true)
    place.textContent = describePlace(printedRows)
  })
  addEventListener('afterprint', () => {
    place.textContent = describePlace(sorted.length)
    render(listVisible())
  })
  return { element: create('div', { class: 'fill-height' }, place, scroller), show }

  function show(found: readonly number[], sort: string): void {
    if (found !== rows || sort !== order) {
      const key = heads.find(({ key: own }) => own !== undefined && own === sort.replace(/^-/, ''))?.key
      for (const { key: own, head } of heads) {
        if (own !== undefined && own === key) head.setAttribute('aria-sort', sort.startsWith('-') ? 'descending' : 'ascending')
        else head.removeAttribute('aria-sort')
      }
      sorted = key === undefined ? found : sorter(found, key, sort.startsWith('-'));
      [rows, order] = [found, sort]
      body.replaceChildren()
      shown = { from: 0, to: 0 }
      scroller.scrollTop = 0
      table.setAttribute('aria-rowcount', String(sorted.length + 1))
      place.textContent = describePlace(sorted.length)
      // The status above says the same.
      place.classList.toggle('unseen', sorted.length > 0)
    }
    render(listVisible())
  }

  function describePlace(most: number): string {
    if (sorted.length === 0) return 'No row matches.'
    const part = sorted.length > most ? `The first ${writeCount(most)} of ` : ''
    return `${part}${writeCount(sorted.length)} ${sorted.length === 1 ? 'row' : 'rows'}`
  }

  function heightOfRow(): number {
    return body.rows[0]?.offsetHeight || usualHeight
  }

  /** The rows within the window and the table's area. */
  function listVisible(): Range {
    const height = heightOfRow()
    const area = scroller.getBoundingClientRect()
    const top = above.getBoundingClientRect().top
    const from = Math.floor((Math.max(area.top, 0) - top) / height) - overscan
    const to = Math.ceil((Math.min(area.bottom, innerHeight) - top) / height) + overscan
    const last = Math.min(sorted.length, Math.max(to, 2 * overscan))
    return { from: Math.max(0, Math.min(from, last - 2 * overscan)), to: last }
  }

  /** Puts a range of rows into the document; rows that stay keep the focus. */
  function render({ from, to }: Range, isWhole = false): void {
    if (from !== shown.from || to !== shown.to) {
      if (from >= shown.to || to <= shown.from) {
        body.replaceChildren(...createRows(from, to))
      } else {
        for (let row = shown.from; row < from; row += 1) body.firstElementChild?.remove()
        for (let row = shown.to; row > to; row -= 1) body.lastElementChild?.remove()
        body.prepend(...createRows(from, shown.from))
        body.append(...createRows(shown.to, to))
      }
      shown = { from, to }
    }
    const height = heightOfRow()
    fillSpace(above, from * height, columns.length)
    fillSpace(below, isWhole ? 0 : (sorted.length - to) * height, columns.length)
  }

  function createRows(from: number, to: number): readonly HTMLElement[] {
    return sorted.slice(from, Math.max(from, to)).map((row, index) => create('tr', { 'aria-rowindex': String(from + index + 2) },
      ...columns.map(({ cell, look, title }) => create('td', { class: look, 'data-title': title }, create('div', { class: 'clip' }, ...cell(row))))))
  }
}

/** Places in the sorted rows: from the first one to before the last one. */
interface Range {
  readonly from: number
  readonly to: number
}

/** Gives a spacer the height of the rows that are not in the document. */
function fillSpace(spacer: HTMLElement, height: number, columns: number): void {
  if (height <= 0) {
    spacer.replaceChildren()
    return
  }
  const cell = spacer.querySelector('td') ?? create('td', { colspan: String(columns) })
  cell.style.height = `${height}px`
  if (!cell.isConnected) spacer.replaceChildren(create('tr', { 'aria-hidden': 'true' }, cell))
}

/** A column of the table of rows. */
interface RowColumn {
  readonly title: string
  readonly key?: SortKey
  /** The CSS class of its cells. */
  readonly look: string
  readonly cell: (row: number) => readonly (Node | string)[]
}

const longestComment = 160

/** The columns that have a value in some row of the report. */
function listRowColumns(report: Report): readonly RowColumn[] {
  const { data: { rows, sets, capabilities, techniques, texts }, open } = report
  const titleOf = (row: number): string => sets[rows.set[row] ?? -1]?.title ?? ''
  const textOf = (column: readonly number[] | undefined, row: number): string => texts[column?.[row] ?? -1] ?? ''
  const textColumn = (title: string, name: 'relation' | 'group' | 'comments'): readonly RowColumn[] =>
    when(rows[name] !== undefined, { title, key: name, look: `of-${name}`, cell: (row) => [isolate(shorten(textOf(rows[name], row)))] })
  const isScored = rows.category !== undefined || rows.value !== undefined
  return [
    ...when(sets.length > 1, { title: 'Framework', key: 'set', look: 'of-set', cell: (row) => [isolate(titleOf(row))] }),
    {
      title: 'Capability', key: 'capability', look: 'of-capability',
      cell: (row) => createName(rows.capability[row], capabilities, (index) => open({ kind: 'capability', index })),
    },
    {
      title: 'Technique', key: 'technique', look: 'of-technique',
      cell: (row) => createName(rows.technique[row], techniques, (index) => open({ kind: 'technique', index })),
    },
    ...textColumn('Mapping type', 'relation'),
    ...when(isScored, { title: 'Score', key: 'score', look: 'of-score', cell: (row) => createScore(report.data, row) }),
    ...textColumn('Group', 'group'),
    ...textColumn('Comment', 'comments'),
    { title: 'Details', look: 'of-details', cell: (row) => [createOpener(row, report)] },
  ]
}

function createOpener(row: number, { open }: Report): HTMLElement {
  return create('button', { type: 'button', click: () => open({ kind: 'row', index: row }), 'aria-label': `Details of row ${row + 1}` }, 'Details')
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
