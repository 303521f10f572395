import { compareText } from '../../../model/text.js'
import type { ReportData } from '../report-data.js'
import { type FilteredColumn, filteredColumns, type RowQuery } from '../view/find-rows.js'
import { create } from './elements.js'

/** The form, and what is asked for in it. */
interface FilterForm {
  readonly form: HTMLElement
  readonly query: () => RowQuery
  /** The tactic that is asked for, as "0-3": the fourth of the first matrix. */
  readonly tactic: () => string
  /** What is asked for, in words for paper, where the form is not printed: "Search: phishing". Nothing where all is shown. */
  readonly asked: () => readonly Asked[]
}

/** A field that is filled in. */
interface Asked {
  readonly label: string
  readonly value: string
}

const labels: Readonly<Record<FilteredColumn, string>> = {
  set: 'Framework', relation: 'Mapping type', group: 'Group', category: 'Score category', value: 'Score', status: 'Status',
}

const delay = 150

/**
 * Search and filters. A filter stands there only where there is something to choose. `change` is called when the answer may
 * differ.
 */
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
    // The fields are blank only after the event.
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

/** The values that a column has, sorted by what they are called; sets in their order. */
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
  /** Under which heading it stands, where there are several. */
  readonly under?: string
}

/** A list to choose from, and its label. */
interface Choice {
  readonly field: HTMLElement
  readonly select: HTMLSelectElement
}

/** A labelled list to choose from; the first choice is anything. */
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
