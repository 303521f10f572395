import type { ReportData, ReportEntry } from '../report-data.js'
import { type CellCounts, highestValue, type Measure, viewCell } from '../view/matrix-cells.js'
import { find, toggleHidden } from './elements.js'

/** The matrices of the page. */
export interface MatrixView {
  /** Shows other counts, and only one tactic if `tactic` is not "" ("0-3"). */
  readonly show: (counts: CellCounts, tactic: string) => void
}

interface Cell {
  readonly button: Element
  readonly number: Element
  readonly entry: ReportEntry
}

/** A technique that has sub-techniques. */
interface Family {
  readonly opener: Element
  readonly list: Element | null
  readonly entry: ReportEntry
}

/** Makes the matrices of the page interactive. The colour scale is based on `all`, the counts of all rows. */
export function createMatrixView(data: ReportData, all: CellCounts, open: (technique: number) => void): MatrixView {
  const columns = [...document.querySelectorAll<HTMLElement>('.tactic')]
  const cells = columns.flatMap((column) => listCells(column, entriesOf(data, column)))
  const families = columns.flatMap((column) => listFamilies(column, entriesOf(data, column)))
  const measure = pick('measure', () => render())
  const shown = pick('shown', () => render())
  let current = all
  let tactic = ''

  find('matrix').addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const cell = target.closest<HTMLElement>('.cell')
    if (cell) open(Number(cell.dataset['technique']))
    const opener = target.closest('.opener')
    const family = families.find((candidate) => candidate.opener === opener)
    if (family) setOpen(family, opener?.getAttribute('aria-expanded') !== 'true')
  })
  const openAll = find('open-all')
  openAll.addEventListener('click', () => {
    const isOpen = openAll.getAttribute('aria-pressed') !== 'true'
    openAll.setAttribute('aria-pressed', String(isOpen))
    for (const family of families) setOpen(family, isOpen)
  })
  for (const family of families) setOpen(family, false)
  return {
    show(counts, name) {
      current = counts
      tactic = name
      render()
    },
  }

  function render(): void {
    const how: Measure = measure.value === 'best' ? 'best' : 'count'
    const highest = highestValue(all, how)
    for (const { button, number, entry } of cells) {
      const { look, text } = viewCell(entry, current, how, highest)
      if (button.className !== `cell ${look}`) button.className = `cell ${look}`
      if (number.textContent !== text) number.textContent = text
    }
    for (const { opener, entry: [technique, ...subs] } of families) {
      const mapped = subs.filter((sub) => (current.capabilities[sub] ?? 0) > 0).length
      const share = `${mapped}/${subs.length}`
      if (opener.textContent === share) continue
      opener.textContent = share
      opener.setAttribute('aria-label', `${share} sub-techniques of ${data.techniques[technique]?.id ?? ''} mapped`)
    }
    for (const column of columns) toggleHidden(column, tactic !== '' && column.dataset['tactic'] !== tactic)
    for (const { button, entry } of cells) toggleHidden(button.closest('li') ?? button, !isShown(entry))
    for (const name of ['count', 'best']) toggleHidden(find(`legend-${name}`), name !== how)
  }

  /** A technique is shown if it or one of its sub-techniques matches. */
  function isShown(entry: ReportEntry): boolean {
    if (shown.value === 'all') return true
    return entry.some((technique) => ((current.capabilities[technique] ?? 0) > 0) === (shown.value === 'mapped'))
  }
}

function setOpen({ opener, list }: Family, isOpen: boolean): void {
  opener.setAttribute('aria-expanded', String(isOpen))
  if (list) toggleHidden(list, !isOpen)
}

function entriesOf(data: ReportData, column: HTMLElement): readonly ReportEntry[] {
  const [matrix = -1, tactic = -1] = (column.dataset['tactic'] ?? '').split('-').map(Number)
  return data.matrices[matrix]?.tactics[tactic]?.entries ?? []
}

/** The cells of a tactic. The page has one for each technique of each entry, in their order. */
function listCells(column: Element, entries: readonly ReportEntry[]): readonly Cell[] {
  const buttons = [...column.querySelectorAll('.cell')]
  const flat = entries.flatMap((entry): readonly ReportEntry[] => [entry, ...entry.slice(1).map((sub): ReportEntry => [sub])])
  return flat.flatMap((entry, index) => {
    const button = buttons[index]
    const number = button?.querySelector('b')
    return button && number ? [{ button, number, entry }] : []
  })
}

function listFamilies(column: Element, entries: readonly ReportEntry[]): readonly Family[] {
  const openers = [...column.querySelectorAll('.opener')]
  return entries.filter(({ length }) => length > 1).flatMap((entry, index) => {
    const opener = openers[index]
    return opener ? [{ opener, entry, list: opener.nextElementSibling }] : []
  })
}

function pick(id: string, change: () => void): HTMLSelectElement {
  const select = find(id)
  if (!(select instanceof HTMLSelectElement)) throw new Error(`#${id} is no list to choose from`)
  select.addEventListener('change', change)
  return select
}
