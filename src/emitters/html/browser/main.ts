import type { ReportData } from '../report-data.js'
import { type Address, findSubject, nameSubject, readAddress, type Subject, writeAddress } from '../view/address.js'
import { coverSets } from '../view/compare-sets.js'
import { countCovered, type Covered, describeCovered, isSubTechnique, listFigures, writeCount } from '../view/counts.js'
import { findRows, type FoundRows, shownTechniques } from '../view/find-rows.js'
import { allRows, type CellCounts, countCells } from '../view/matrix-cells.js'
import { createSearch } from '../view/search.js'
import { createDialog } from './details.js'
import { create, find, isolate, toggleHidden } from './elements.js'
import { createFilterForm } from './filter-form.js'
import { createMatrixView } from './matrix-view.js'
import { createRowsTable } from './rows-table.js'
import { createSaveMenu, type Shown } from './save.js'

const start: Address = { view: 'matrix' }

/** Makes the page interactive. What is shown follows from the address alone, so that reload, Back and a link restore it. */
function startReport(): void {
  const data: ReportData = JSON.parse(find('data').textContent)
  const root = document.documentElement
  root.classList.add('script')
  const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')]
  const views = links.map((link) => link.hash.slice(1))
  const all = countCells(data, allRows(data))
  const search = createSearch(data)
  let address = readAddress(location.hash, views) ?? start
  let found: FoundRows & { readonly counts: CellCounts; readonly filter: string } | undefined

  const open = (subject: Subject): void => go({ detail: nameSubject(data, subject) })
  const dialog = createDialog({ data, open }, () => go({ detail: '' }))
  const matrix = createMatrixView(data, all, { go, open })
  const table = createRowsTable({ data, open }, (sort) => go({ sort }))
  const form = createFilterForm(data, search, { go, open })
  const printed = create('p', { class: 'printed', hidden: '' })
  find('filters').append(form.element, printed)
  find('mappings').append(table.element)
  find('theme').before(createSaveMenu(data, (): Shown => ({ ...findShown(), ...matrix.shown(), filter: inWords() })))
  for (const link of links) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      go({ view: link.hash.slice(1), detail: '' })
    })
  }
  document.addEventListener('click', followAnchor)
  addEventListener('popstate', ({ state }: PopStateEvent) => {
    const fragment = typeof state === 'string' ? state : location.hash
    const read = fragment === '' ? start : readAddress(fragment, views)
    if (!read) return
    address = read
    show()
  })
  find('print').addEventListener('click', () => print())
  addEventListener('beforeprint', preparePrint)
  startTheme(() => address.theme, (theme) => go({ theme }, 'replace'))
  show()

  function go(change: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
    const former = address
    address = { ...address, ...change }
    const text = writeAddress(address)
    remember(text, how === 'push' && text !== writeAddress(former) ? 'pushState' : 'replaceState')
    show()
  }

  function findShown(): FoundRows & { readonly counts: CellCounts } {
    const filter = form.filterOf(address)
    if (found?.filter === filter) return found
    const rows = findRows(data, form.query(address), search.test(address.q ?? ''))
    found = { ...rows, counts: countCells(data, rows.rows), filter }
    return found
  }

  function show(): void {
    root.dataset['view'] = address.view
    if (address.theme === 'dark' || address.theme === 'light') root.dataset['theme'] = address.theme
    else delete root.dataset['theme']
    for (const link of links) link.toggleAttribute('aria-current', link.hash.slice(1) === address.view)
    const { rows, counts, ...facets } = findShown()
    form.show(address, { rows, ...facets }, counts)
    const query = form.query({ ...address, framework: '' })
    const only = shownTechniques(query, ['platform', 'against'])
    matrix.show(address, { rows, counts, query }, search.test(address.q ?? ''))
    table.show(rows, address.sort ?? '')
    showFigures(data, counts, rows, shownTechniques(query))
    if (address.view === 'coverage') showCoverage(data, counts, rows, only)
    const asked = form.asked(address)
    const parts = asked.flatMap(({ label, value }, index) => [`${index === 0 ? '' : '; '}${label}: `, isolate(value)])
    printed.replaceChildren(`Filtered: ${writeCount(rows.length)} of ${writeCount(data.rows.set.length)} rows. `, ...parts)
    toggleHidden(printed, asked.length === 0)
    dialog.show(address.detail === undefined ? undefined : findSubject(data, address.detail))
  }

  function inWords(): string | undefined {
    const asked = form.asked(address).map(({ label, value }) => `${label}: ${value}`)
    return asked.length === 0 ? undefined : asked.join('; ')
  }

  /** Links within the page open views; the address of the skip link is no view. */
  function followAnchor(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null
    if (!link || event.defaultPrevented) return
    event.preventDefault()
    const asked = readAddress(link.hash, views)
    if (asked) go(asked)
    else find(link.hash.slice(1)).focus()
  }

  /** Paper shows all views, and what is folded. */
  function preparePrint(): void {
    const { rows, counts } = findShown()
    showCoverage(data, counts, rows, shownTechniques(form.query(address), ['platform', 'against']))
    const folded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')]
    for (const details of folded) details.open = true
    addEventListener('afterprint', () => {
      for (const details of folded) details.open = false
    }, { once: true })
  }
}

startReport()

/**
 * Keeps an address in the history. In the frame of crosswalk.html, `#…` alone would be an address of the page around it; a browser that
 * allows no other address there keeps it as the state of the entry.
 */
function remember(text: string, how: 'pushState' | 'replaceState'): void {
  try {
    history[how](text, '', new URL(text, location.href))
  } catch {
    history[how](text, '')
  }
}

function showFigures(data: ReportData, counts: CellCounts, rows: readonly number[], only: ReadonlySet<number> | undefined): void {
  const places = [...document.querySelectorAll('.figures > div')]
  for (const [index, [number, label]] of listFigures(data, counts, rows, only).entries()) {
    const [term, value] = [places[index]?.querySelector('dt'), places[index]?.querySelector('dd')]
    if (term) term.textContent = label
    if (value) value.textContent = number
  }
}

/** Updates the coverage tables, which are in the page already. */
function showCoverage(data: ReportData, counts: CellCounts, rows: readonly number[], only: ReadonlySet<number> | undefined): void {
  const isSub = (technique: number): boolean => isSubTechnique(data, technique)
  for (const table of document.querySelectorAll<HTMLElement>('table.by-tactic')) {
    const tactics = data.matrices[Number(table.dataset['matrix'])]?.tactics ?? []
    const lines = [...tactics.map(({ entries }) => entries), tactics.flatMap(({ entries }) => entries)]
    for (const [index, line] of [...table.querySelectorAll('tbody tr, tfoot tr')].entries()) {
      showLine(line, countCovered(lines[index] ?? [], counts, isSub, only), [])
    }
  }
  const bySet = [...document.querySelectorAll('table.by-set tbody tr')]
  if (bySet.length === 0) return
  for (const [index, covered] of coverSets(data, rows, only).entries()) {
    const line = bySet[index]
    if (line) showLine(line, covered, ['', writeCount(covered.only), writeCount(covered.rows)])
  }
}

/** Fills a line: three texts, the bar, and more texts; the first of those is the cell of the bar, which has none. */
function showLine(line: Element, covered: Covered, more: readonly string[]): void {
  const { techniques, subTechniques, share, width } = describeCovered(covered)
  const cells = line.querySelectorAll('td')
  for (const [index, text] of [techniques, subTechniques, share, ...more].entries()) {
    const place = cells[index]
    if (place && text !== '') place.textContent = text
  }
  line.querySelector('.fill')?.setAttribute('width', String(width))
}

/** The button that switches between dark and light; the system's setting applies until then. */
function startTheme(chosen: () => string | undefined, choose: (theme: string) => void): void {
  const button = find('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = (): boolean => {
    const theme = chosen()
    return theme === 'dark' || (theme !== 'light' && system.matches)
  }
  const name = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button.addEventListener('click', () => {
    choose(isDark() ? 'light' : 'dark')
    name()
  })
  system.addEventListener('change', name)
  addEventListener('popstate', name)
  name()
}
