import { countNoun } from '../../../diagnostics/counts-in-words.js'
import type { ReportData, ReportEntry } from '../report-data.js'
import { type Actions, type Address, findItem, nameItem } from '../view/address.js'
import { comparedMeanings, type Comparison, compareSets, describeComparison, viewCompared } from '../view/compare-sets.js'
import { findRows, type RowQuery, shownTechniques } from '../view/find-rows.js'
import {
  type CellCounts, type CellView, highestValue, listLegend, type Measure, openMeaning, viewCell, viewFiltered,
} from '../view/matrix-cells.js'
import { find, isolate, toggleHidden } from './elements.js'
import { moveByKeys } from './matrix-keys.js'

/** The rows that the matrix shows, and the query that found them without its framework, which a comparison replaces by two. */
interface ShownRows {
  readonly rows: readonly number[]
  readonly counts: CellCounts
  readonly query: RowQuery
}

/** What the cells show, for pictures and layers of the matrix. */
export interface ShownMatrix {
  readonly view: (entry: ReportEntry) => CellView
  readonly legend: readonly (CellView & { readonly meaning: string })[]
  readonly measure: Measure
  readonly highest: number
  /** The techniques that filters by platform and adversary leave; undefined for all. */
  readonly only: ReadonlySet<number> | undefined
  /** Whether these are the techniques of an adversary, so that those that are not mapped matter most. */
  readonly isAgainst: boolean
}

/** The matrices of the page. */
interface MatrixView {
  readonly show: (address: Address, shown: ShownRows, isFound: (row: number) => boolean) => void
  readonly shown: () => ShownMatrix
}

interface Cell {
  readonly button: HTMLElement
  readonly item: Element
  readonly number: Element
  readonly entry: ReportEntry
}

/** A technique that has sub-techniques. */
interface Family {
  readonly cell: Element
  readonly opener: Element
  readonly list: Element
  readonly entry: ReportEntry
}

/** Makes the matrices of the page interactive. The colour scale is based on `all`, the counts of all rows. */
export function createMatrixView(data: ReportData, all: CellCounts, { go, open }: Actions): MatrixView {
  const columns = [...document.querySelectorAll<HTMLElement>('.tactic')].map((element) => ({ element, entries: entriesOf(data, element) }))
  const cells = columns.flatMap(({ element, entries }) => listCells(element, entries))
  const families = columns.flatMap(({ element, entries }) => listFamilies(element, entries))
  const [measure, shownOnes, density] = [pick('measure'), pick('shown'), pick('density')]
  const pair = data.sets.length > 1 ? [pick('set-a'), pick('set-b')] as const : undefined
  const titles = data.sets.map(({ title }) => title)
  const section = find('matrix')
  const [openAll, readout, compared] = [find('open-all'), find('readout'), find('compared')]
  const hint = readout.textContent
  let current: CellCounts = all
  let comparison: Comparison | undefined
  const measures = ['count', 'best', ...(pair ? ['compare'] : [])]
  const usual = data.compares && pair ? 'compare' : 'count'
  let only: ReadonlySet<number> | undefined
  let used: ReadonlySet<number> | undefined
  let unfolded = ''

  measure.addEventListener('change', () => go({ colour: measure.value === usual ? '' : measure.value }))
  shownOnes.addEventListener('change', () => go({ show: shownOnes.value === 'all' ? '' : shownOnes.value }))
  density.addEventListener('change', () => go({ density: density.value === 'compact' ? '' : density.value }, 'replace'))
  pair?.[0].addEventListener('change', () => go({ a: nameItem(titles, Number(pair[0].value)) }))
  pair?.[1].addEventListener('change', () => go({ b: nameItem(titles, Number(pair[1].value)) }))
  openAll.addEventListener('click', () => go({ subs: openAll.getAttribute('aria-pressed') === 'true' ? '' : 'all' }, 'replace'))
  section.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const cell = target.closest<HTMLElement>('.cell')
    if (cell) open({ kind: 'technique', index: Number(cell.dataset['technique']) })
    const opener = target.closest('.opener')
    const family = opener && families.find((candidate) => candidate.opener === opener)
    if (family) toggle(family)
  })
  moveByKeys(section, (cell) => {
    const family = families.find((candidate) => candidate.cell === cell)
    if (family) toggle(family)
  })
  for (const event of ['mouseover', 'focusin']) section.addEventListener(event, ({ target }) => describe(target))
  for (const { opener } of families) opener.setAttribute('tabindex', '-1')
  return { show, shown: listShown }

  function show(address: Address, { rows, counts, query }: ShownRows, isFound: (row: number) => boolean): void {
    current = counts
    const how = measures.find((one) => one === address.colour) ?? usual
    const [a, b] = [findItem(titles, address.a ?? '~0'), findItem(titles, address.b ?? '~1')].map((set, index) => (set < 0 ? index : set))
    comparison = how === 'compare' ? compareSets(data, query.columns.set === undefined ? findRows(data, query, isFound).rows : rows, a ?? 0, b ?? 1) : undefined
    measure.value = how
    shownOnes.value = address.show === 'mapped' || address.show === 'gaps' ? address.show : 'all'
    density.value = address.density === 'roomy' ? 'roomy' : 'compact'
    section.classList.toggle('roomy', density.value === 'roomy')
    if (pair) [pair[0].value, pair[1].value] = [String(a), String(b)]
    only = shownTechniques(query, ['platform', 'against'])
    used = query.techniques.against
    section.classList.toggle('against', used !== undefined)
    toggleHidden(compared, comparison === undefined)
    if (pair) toggleHidden(find('pair'), comparison === undefined)
    compared.textContent = comparison ? describeComparison(data, comparison) : ''
    for (const name of measures) toggleHidden(find(`legend-${name}`), name !== how)
    unfold(address.subs === 'all', address.against ?? '')
    render(query.techniques.tactic)
  }

  function listShown(): ShownMatrix {
    const how: Measure = measure.value === 'best' ? 'best' : 'count'
    const highest = highestValue(all, how)
    const compares = comparison
    const filter = { only, isAgainst: used !== undefined }
    const legend = [...(used ? [openMeaning] : []), ...(compares ? comparedMeanings : listLegend(how, highest))]
    const view = (entry: ReportEntry): CellView => (compares ? viewCompared(entry, compares) : viewCell(entry, current, how, highest))
    return { view: (entry) => viewFiltered(entry, view(entry), filter), legend, measure: compares ? 'count' : how, highest, ...filter }
  }

  function render(techniques: ReadonlySet<number> | undefined): void {
    const { view } = listShown()
    const wanted = shownOnes.value
    for (const { button, item, number, entry } of cells) {
      const { look, text } = view(entry)
      if (button.className !== `cell ${look}`) button.className = `cell ${look}`
      if (number.textContent !== text) number.textContent = text
      const left = entry.filter(isLeft)
      const isHidden = left.length === 0 || (wanted !== 'all' && !left.some((technique) => isMapped(technique) === (wanted === 'mapped')))
      if (item.hasAttribute('hidden') !== isHidden) toggleHidden(item, isHidden)
    }
    for (const { opener, entry: [technique, ...family] } of families) {
      const subs = family.filter(isLeft)
      toggleHidden(opener, subs.length === 0)
      const share = `${subs.filter(isMapped).length}/${subs.length}`
      if (opener.textContent === share) continue
      opener.textContent = share
      opener.setAttribute('aria-label', `${share} sub-techniques of ${data.techniques[technique]?.id ?? ''} mapped`)
    }
    for (const { element, entries } of columns) {
      // Of filtered techniques, sub-techniques count, too: an adversary often uses only these.
      const counted = only ? [...new Set(entries.flat())].filter(isLeft) : entries.map(([technique]) => technique)
      const place = element.querySelector('.head p')
      if (place) place.textContent = counted.length === 0 ? '–' : `${counted.filter(isMapped).length} of ${counted.length}`
      toggleHidden(element, techniques !== undefined && !entries.flat().every((technique) => techniques.has(technique)))
    }
  }

  function isMapped(technique: number): boolean {
    return comparison ? viewCompared([technique], comparison).text !== '0' : (current.capabilities[technique] ?? 0) > 0
  }

  function isLeft(technique: number): boolean {
    return only?.has(technique) ?? true
  }

  /** Unfolds all sub-techniques, or those that an adversary uses. What a reader unfolded or folded stays until one of both changes. */
  function unfold(isWanted: boolean, against: string): void {
    openAll.setAttribute('aria-pressed', String(isWanted))
    const wanted = `${isWanted} ${against}`
    if (unfolded === wanted) return
    unfolded = wanted
    for (const { opener, list, entry: [, ...subs] } of families) setOpen(opener, list, isWanted || subs.some((sub) => used?.has(sub)))
  }

  function describe(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('.cell') : null
    const cell = button && cells.find((candidate) => candidate.button === button)
    readout.replaceChildren(...(cell ? describeCell(cell) : [hint]))
  }

  function describeCell({ entry: [technique, ...subs] }: Cell): readonly (Node | string)[] {
    const { id = '', name = '' } = data.techniques[technique] ?? {}
    const words = (counts: CellCounts): string => {
      const score = ['', '; best score: minimal', '; best score: partial', '; best score: significant'][counts.best[technique] ?? 0] ?? ''
      return `${countNoun(counts.capabilities[technique] ?? 0, 'capability')}${score}`
    }
    const mapped = subs.filter((sub) => (current.capabilities[sub] ?? 0) > 0).length
    const of = subs.length === 0 ? '' : `; sub-techniques: ${mapped} of ${subs.length} mapped`
    const text = comparison ? `A: ${words(comparison.a)}; B: ${words(comparison.b)}` : words(current)
    return [isolate(`${id} ${name}`), `: ${text}${of}`]
  }
}

function toggle({ opener, list }: Family): void {
  setOpen(opener, list, opener.getAttribute('aria-expanded') !== 'true')
}

function setOpen(opener: Element, list: Element, isOpen: boolean): void {
  opener.setAttribute('aria-expanded', String(isOpen))
  toggleHidden(list, !isOpen)
}

function entriesOf(data: ReportData, column: HTMLElement): readonly ReportEntry[] {
  const [matrix = -1, tactic = -1] = (column.dataset['tactic'] ?? '').split('-').map(Number)
  return data.matrices[matrix]?.tactics[tactic]?.entries ?? []
}

/** The cells of a tactic. The page has one for each technique of each entry, in their order. */
function listCells(column: Element, entries: readonly ReportEntry[]): readonly Cell[] {
  const buttons = [...column.querySelectorAll<HTMLElement>('.cell')]
  const flat = entries.flatMap((entry): readonly ReportEntry[] => [entry, ...entry.slice(1).map((sub): ReportEntry => [sub])])
  return flat.flatMap((entry, index) => {
    const button = buttons[index]
    const [number, item] = [button?.querySelector('b'), button?.closest('li')]
    return button && number && item ? [{ button, item, number, entry }] : []
  })
}

function listFamilies(column: Element, entries: readonly ReportEntry[]): readonly Family[] {
  const openers = [...column.querySelectorAll('.opener')]
  return entries.filter(({ length }) => length > 1).flatMap((entry, index) => {
    const opener = openers[index]
    const [cell, list] = [opener?.previousElementSibling, opener?.nextElementSibling]
    return opener && cell && list ? [{ cell, opener, entry, list }] : []
  })
}

function pick(id: string): HTMLSelectElement {
  const select = find(id)
  if (!(select instanceof HTMLSelectElement)) throw new Error(`#${id} is no select element`)
  return select
}
