import { compareText } from '../../../model/text.js'
import type { ReportData } from '../report-data.js'
import { type Actions, type Address, nameItem } from '../view/address.js'
import { writeCount } from '../view/counts.js'
import { type FilteredColumn, filteredColumns, type FoundRows, type RowQuery, type TechniquePart } from '../view/find-rows.js'
import type { CellCounts } from '../view/matrix-cells.js'
import type { Search } from '../view/search.js'
import { listTechniqueFilters } from '../view/technique-filters.js'
import { create, isolate, toggleHidden } from './elements.js'
import { createSearchBox } from './search-box.js'

/** The search box, the filters, and what is filtered in words. */
interface FilterForm {
  readonly element: HTMLElement
  readonly show: (address: Address, found: FoundRows, counts: CellCounts) => void
  readonly query: (address: Address) => RowQuery
  /** The parts of an address that filter, as a text to compare. */
  readonly filterOf: (address: Address) => string
  /** The active filters in words. Empty if all rows are shown. */
  readonly asked: (address: Address) => readonly Asked[]
}

type FilterPart = 'framework' | TechniquePart | 'type' | 'group' | 'category' | 'score' | 'status' | 'rows'

/** A field with a value, and its part of the address. */
interface Asked {
  readonly part: FilterPart | 'q'
  readonly label: string
  readonly value: string
}

const fields: Readonly<Record<FilteredColumn, readonly [part: FilterPart, label: string, short?: string]>> = {
  set: ['framework', 'Framework'], relation: ['type', 'Mapping type', 'Type'], group: ['group', 'Group'],
  category: ['category', 'Score category', 'Category'], value: ['score', 'Score'], status: ['status', 'Status'],
}

/** A select element of one part, with the number of rows beside each value. */
interface Filter {
  readonly part: FilterPart
  readonly label: string
  /** For the narrow element itself. */
  readonly short?: string | undefined
  readonly options: readonly Option[]
  readonly count: (found: FoundRows, item: number) => number
}

/** A value of a filter: its name in addresses, its text, and its index in the list of the filter. */
interface Option {
  readonly value: string
  readonly text: string
  readonly item: number
  /** The heading of its group, if there are several. */
  readonly under?: string
}

/** Creates the search and the filters. Columns with only one value have no filter. */
export function createFilterForm(data: ReportData, search: Search, { go, open }: Actions): FilterForm {
  const byTechnique = listTechniqueFilters(data)
  const filters: readonly Filter[] = [
    ...filteredColumns.flatMap((column) => createColumnFilter(data, column)),
    ...byTechnique.map(({ part, label, choices: own }): Filter => ({
      part, label,
      options: own.map(({ name, under }, item) => ({ value: nameItem(own.map((choice) => choice.name), item), text: shorten(name), item, under })),
      count: ({ byTechnique: rows }, item) =>
        Array.from(own[item]?.techniques ?? []).reduce((sum, technique) => sum + (rows[part][technique] ?? 0), 0),
    })),
    {
      part: 'rows', label: 'Rows',
      options: [{ value: 'mapped', text: 'that map', item: 0 }, { value: 'unmapped', text: 'without a mapping', item: 1 }],
      count: ({ kinds }, item) => (item === 0 ? kinds.mapped : kinds.unmapped),
    },
  ]
  const choices = filters.map((filter) => createChoice(filter, (value) => go({ [filter.part]: value })))
  const box = createSearchBox(data, search, { go, open })
  const status = create('p', { role: 'status', class: 'status' })
  const chips = create('ul', { class: 'chips', 'aria-label': 'Active filters' })
  const form = create('form', { class: 'filters', submit: (event) => event.preventDefault() },
    box.element, createFolder(), ...choices.map(({ field }) => field))
  return { element: create('div', { role: 'search', 'aria-label': 'Search and filters' }, form, create('div', { class: 'found' }, status, chips)), show, query, filterOf, asked }

  function show(address: Address, found: FoundRows, counts: CellCounts): void {
    box.show(address.q ?? '', found.rows.length)
    for (const { show: showChoice } of choices) showChoice(address, found)
    const techniques = counts.capabilities.filter((count) => count > 0).length
    status.textContent = `${writeCount(found.rows.length)} of ${writeCount(data.rows.set.length)} rows; `
      + `${writeCount(techniques)} ${techniques === 1 ? 'technique' : 'techniques'} of the matrix mapped`
    const active = asked(address)
    chips.replaceChildren(...active.map(({ part, label, value }) => createChip(`${label}: `, value, () => go({ [part]: '' }))))
    if (active.length > 1) {
      const none = Object.fromEntries(active.map(({ part }) => [part, '']))
      chips.append(create('li', {}, create('button', { type: 'button', class: 'link', click: () => go(none) }, 'Clear all')))
    }
    toggleHidden(chips, active.length === 0)
  }

  /** On phones, the button that shows the filters. */
  function createFolder(): HTMLElement {
    const button = create('button', {
      type: 'button', class: 'more', 'aria-expanded': 'false',
      click: () => button.setAttribute('aria-expanded', String(form.classList.toggle('open'))),
    }, 'Filters')
    return button
  }

  function chosen(address: Address): readonly { readonly filter: Filter; readonly option: Option }[] {
    return filters.flatMap((filter) => {
      const option = filter.options.find(({ value }) => value === address[filter.part])
      return option ? [{ filter, option }] : []
    })
  }

  function asked(address: Address): readonly Asked[] {
    const words = (address.q ?? '').trim()
    return [
      ...(words === '' ? [] : [{ part: 'q' as const, label: 'Search', value: words }]),
      ...chosen(address).map(({ filter: { part, label }, option: { text } }) => ({ part, label, value: text })),
    ]
  }

  function filterOf(address: Address): string {
    return JSON.stringify([address.q ?? '', ...filters.map(({ part }) => address[part] ?? '')])
  }

  function query(address: Address): RowQuery {
    const active = new Map(chosen(address).map(({ filter: { part }, option: { item } }) => [part, item]))
    const kind = active.get('rows')
    return {
      columns: Object.fromEntries(filteredColumns.flatMap((column) => {
        const item = active.get(fields[column][0])
        return item === undefined ? [] : [[column, item]]
      })),
      techniques: Object.fromEntries(byTechnique.flatMap(({ part, choices: own }) => {
        const choice = own[active.get(part) ?? -1]
        return choice ? [[part, choice.techniques]] : []
      })),
      kind: kind === undefined ? 'all' : kind === 0 ? 'mapped' : 'unmapped',
    }
  }
}

/** The filter of a column: its values sorted by text, sets in their order. */
function createColumnFilter({ rows, sets, texts }: ReportData, column: FilteredColumn): readonly Filter[] {
  const [part, label, short] = fields[column]
  const names = column === 'set' ? sets.map(({ title }) => title) : texts
  const items = column === 'set' ? sets.map((_set, index) => index) : [...new Set(rows[column])].filter((item) => item >= 0)
    .toSorted((a, b) => compareText(texts[a] ?? '', texts[b] ?? ''))
  if (items.length < 2) return []
  return [{
    part, label, short,
    options: items.map((item) => ({ value: nameItem(names, item), text: shorten(names[item] ?? ''), item })),
    count: ({ facets }, item) => facets[column].get(item) ?? 0,
  }]
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A labelled select element. Its first option is "any". */
interface Choice {
  readonly field: HTMLElement
  readonly show: (address: Address, found: FoundRows) => void
}

function createChoice({ part, label, short = label, options, count }: Filter, choose: (value: string) => void): Choice {
  const elements = options.map(({ value }) => create('option', { value }))
  const id = `filter-${part}`
  const select = create('select', { id, change: () => choose(select.value) }, create('option', { value: '' }, `${short}: any`))
  const headings = [...new Set(options.map(({ under = '' }) => under))]
  for (const heading of headings) {
    const list = elements.filter((_element, index) => (options[index]?.under ?? '') === heading)
    if (headings.length > 1) select.append(create('optgroup', { label: heading }, ...list))
    else select.append(...list)
  }
  return {
    field: create('div', { class: 'field' }, create('label', { class: 'unseen', for: id }, label), select),
    show(address, found) {
      for (const [index, element] of elements.entries()) {
        const { text = '', item = -1 } = options[index] ?? {}
        element.textContent = `${text} (${writeCount(count(found, item))})`
      }
      const values = options.map(({ value }) => value)
      const value = address[part] ?? ''
      select.value = values.includes(value) ? value : ''
      select.classList.toggle('chosen', select.value !== '')
    },
  }
}

function createChip(label: string, value: string, remove: () => void): HTMLElement {
  return create('li', {}, create('button', { type: 'button', class: 'chip', click: remove },
    label, isolate(value), create('span', { 'aria-hidden': 'true', class: 'cross' }, '\u00d7'), create('span', { class: 'unseen' }, ' (remove)')))
}
