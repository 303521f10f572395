import { compareText } from '../../../model/text.js'
import type { ReportData } from '../report-data.js'
import { type FilteredColumn, filteredColumns, type RowQuery } from '../view/find-rows.js'
import { create } from './elements.js'

/** The form, and the filters set in it. */
interface FilterForm {
  readonly form: HTMLElement
  readonly query: () => RowQuery
  /** The selected tactic as "0-3": the fourth of the first matrix; "" for any. */
  readonly tactic: () => string
  /** The active filters in words, for print, where the form is hidden: "Search: phishing". Empty if all rows are shown. */
  readonly asked: () => readonly Asked[]
}

/** A field with a value. */
interface Asked {
  readonly label: string
  readonly value: string
}

const labels: Readonly<Record<FilteredColumn, string>> = {
  set: 'Framework', relation: 'Mapping type', group: 'Group', category: 'Score category', value: 'Score', status: 'Status',
}

const delay = 150

/** Creates the search and the filters. Columns with only one value have no filter. `change` is called when the result may differ. */
export function createFilterForm(data: ReportData, change: () => void): FilterForm {
  let timer = 0
  const search = create('input', {
    type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false',
    placeholder: 'ids, names, comments',
    input: () => {
      clearTimeout(timer)
      timer = setTimeout(change, delay)
    },
  })
  const columns = filteredColumns.flatMap((name) => {
    const options = listOptions(data, name)
    return options.length < 2 ? [] : [{ name, label: labels[name], ...createChoice(labels[name], options, change) }]
  })
  const tactics = data.matrices.flatMap(({ title, tactics: list }, matrix) =>
    list.map(({ name }, index): Option => ({ value: `${matrix}-${index}`, label: name, under: title })))
  const tactic = createChoice('Tactic', tactics, change)
  const kinds: readonly Option[] = [{ value: 'mapped', label: 'that map' }, { value: 'unmapped', label: 'without a mapping' }]
  const kind = createChoice('Rows', kinds, change)
  const form = create('form', {
    role: 'search', class: 'filters', 'aria-label': 'Search and filters',
    submit: (event) => event.preventDefault(),
    // The fields are reset only after the event.
    reset: () => setTimeout(change),
  })
  const fields = [...columns, tactic, kind].map(({ field }) => field)
  form.append(create('label', { class: 'wide' }, 'Search ', search), ...fields, create('button', { type: 'reset' }, 'Clear'))
  return { form, query, tactic: () => tactic.select.value, asked }

  function asked(): readonly Asked[] {
    const words = search.value.trim()
    const choices = [...columns, { label: 'Tactic', ...tactic }, { label: 'Rows', ...kind }]
    return [
      ...(words === '' ? [] : [{ label: 'Search', value: words }]),
      ...choices.filter(({ select }) => select.value !== '')
        .map(({ label, select }) => ({ label, value: select.selectedOptions[0]?.label ?? '' })),
    ]
  }

  function query(): RowQuery {
    const [matrix, index] = tactic.select.value.split('-').map(Number)
    const entries = tactic.select.value === '' ? undefined : data.matrices[matrix ?? -1]?.tactics[index ?? -1]?.entries
    const chosen = columns.filter(({ select }) => select.value !== '')
    return {
      words: search.value,
      columns: Object.fromEntries(chosen.map(({ name, select }) => [name, Number(select.value)])),
      ...(entries && { techniques: new Set(entries.flat()) }),
      kind: kind.select.value === 'mapped' || kind.select.value === 'unmapped' ? kind.select.value : 'all',
    }
  }
}

/** The values of a column, sorted by label; sets in their order. */
function listOptions({ rows, sets, texts }: ReportData, name: FilteredColumn): readonly Option[] {
  if (name === 'set') return sets.map(({ title }, index) => ({ value: String(index), label: title }))
  return [...new Set(rows[name])].filter((value) => value >= 0)
    .map((value) => ({ value: String(value), label: shorten(texts[value] ?? '') }))
    .toSorted((a, b) => compareText(a.label, b.label))
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** One of the values of a choice. */
interface Option {
  readonly value: string
  readonly label: string
  /** The heading of its group, if there are several. */
  readonly under?: string
}

/** A labelled select element. */
interface Choice {
  readonly field: HTMLElement
  readonly select: HTMLSelectElement
}

/** Creates a labelled select element; its first option is "any". */
function createChoice(label: string, options: readonly Option[], change: () => void): Choice {
  const select = create('select', { change }, create('option', { value: '' }, 'any'))
  const headings = [...new Set(options.map(({ under = '' }) => under))]
  for (const heading of headings) {
    const list = options.filter(({ under = '' }) => under === heading)
      .map(({ value, label: text }) => create('option', { value }, text))
    if (headings.length > 1) select.append(create('optgroup', { label: heading }, ...list))
    else select.append(...list)
  }
  return { select, field: create('label', {}, `${label} `, select) }
}
