import type { ReportData } from '../report-data.js'
import type { Actions, Subject } from '../view/address.js'
import { writeCount } from '../view/counts.js'
import { nameAdversary } from '../view/adversaries.js'
import type { Search } from '../view/search.js'
import { create, isolate, toggleHidden } from './elements.js'

/** The search box, and the list of what it finds beneath it. */
interface SearchBox {
  readonly element: HTMLElement
  /** Shows the words of the address, if the box has others, and the number of rows that they and the filters find. */
  readonly show: (words: string, rows: number) => void
}

const delay = 80
const firstResults = 6

/** Creates the box. While someone types, results appear beneath it, and the words filter the page. */
export function createSearchBox(data: ReportData, search: Search, { go, open }: Actions): SearchBox {
  let timer = 0
  let current = ''
  let rows = 0
  const input = create('input', {
    type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'Search techniques, capabilities, comments',
    focus: () => setTimeout(search.prepare),
    input: () => {
      clearTimeout(timer)
      timer = setTimeout(change, delay)
    },
    keydown: (event) => {
      if (event instanceof KeyboardEvent) press(event)
    },
  })
  // Some browsers move the focus away from the box, but not to a button that is pressed.
  const results = create('div', { id: 'results', class: 'results', hidden: '', mousedown: (event) => event.preventDefault() })
  const element = create('div', {
    class: 'search',
    keydown: (event) => {
      if (event instanceof KeyboardEvent) walk(event)
    },
    focusout: (event) => {
      if (event instanceof FocusEvent && !(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) close()
    },
  }, create('label', { class: 'unseen', for: 'search' }, 'Search'), input, results)
  return {
    element,
    show(words, found) {
      rows = found
      current = words
      // Words that are still to be searched are kept, whatever else changes meanwhile.
      if (timer === 0 && input.value.trim() !== words) input.value = words
    },
  }

  function change(): void {
    timer = 0
    const words = input.value.trim()
    // One step back takes away the whole search, not a letter.
    go({ q: words }, current === '' ? 'push' : 'replace')
    if (words === '') close()
    else list(words)
  }

  /** Closes the list. Words that are still to be searched filter the page, but do not open it again. */
  function close(): void {
    if (timer !== 0) {
      clearTimeout(timer)
      change()
    }
    toggleHidden(results, true)
  }

  function list(words: string): void {
    const { techniques, capabilities, comments } = search.subjects(words)
    const first = words.toLowerCase().split(/\s+/, 1)[0] ?? ''
    results.replaceChildren(
      ...createAdversaries(words),
      ...createGroup('Techniques', techniques, (index) => nameOf(data.techniques[index]), (index) => ({ kind: 'technique', index })),
      ...createGroup('Capabilities', capabilities, (index) => nameOf(data.capabilities[index]), (index) => ({ kind: 'capability', index })),
      ...createGroup('Comments', comments, (row) => quote(data.texts[data.rows.comments?.[row] ?? -1] ?? '', first), (index) => ({ kind: 'row', index })),
      rows === 0 ? create('p', { class: 'group' }, 'No row matches the search and the filters.')
        : create('button', { type: 'button', class: 'all', click: showRows }, rows === 1 ? 'Show the row' : `Show all ${writeCount(rows)} rows`),
    )
    toggleHidden(results, false)
  }

  /** Adversaries whose name, id or alias has the words: a click filters by them. */
  function createAdversaries(words: string): readonly Node[] {
    const wanted = words.toLowerCase()
    const names = (data.adversaries ?? []).filter(({ id, name, aliases }) => [id, name, ...aliases].some((word) => word.toLowerCase().includes(wanted))).map(nameAdversary)
    const items = names.slice(0, firstResults).map((name) => createItem(name, () => go({ view: 'matrix', q: '', against: name })))
    return items.length === 0 ? [] : [create('p', { class: 'group' }, `Adversaries: ${writeCount(names.length)}`), create('ul', {}, ...items)]
  }

  function createItem(text: string, act: () => void): HTMLElement {
    return create('li', {}, create('button', {
      type: 'button',
      click: () => {
        // It was chosen among what the words before found.
        clearTimeout(timer)
        timer = 0
        close()
        act()
      },
    }, isolate(text)))
  }

  function createGroup(
    title: string, found: readonly number[], describe: (index: number) => string, subjectOf: (index: number) => Subject,
  ): readonly Node[] {
    if (found.length === 0) return []
    const shown = found.slice(0, firstResults)
    const count = shown.length === found.length ? writeCount(found.length) : `${shown.length} of ${writeCount(found.length)}`
    const items = shown.map((index) => createItem(describe(index), () => open(subjectOf(index))))
    return [create('p', { class: 'group' }, `${title}: ${count}`), create('ul', {}, ...items)]
  }

  function showRows(): void {
    close()
    go({ view: 'mappings' })
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') showRows()
    // The browser would clear the box.
    if (event.key === 'Escape' && !results.hidden) event.preventDefault()
  }

  /** Up and Down go from the box through the results; Escape closes them. */
  function walk(event: KeyboardEvent): void {
    if (results.hidden) return
    if (event.key === 'Escape') {
      close()
      input.focus()
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const stops = [input, ...results.querySelectorAll('button')]
    const place = stops.findIndex((stop) => stop === document.activeElement)
    stops[Math.min(stops.length - 1, Math.max(0, place + step))]?.focus()
  }
}

function nameOf(item: { readonly id: string; readonly name?: string } | undefined): string {
  if (!item) return ''
  return item.name === undefined || item.name === item.id ? item.id : `${item.id} ${item.name}`
}

const around = 40

/** The part of a comment around a word. */
function quote(text: string, word: string): string {
  const place = Math.max(0, text.toLowerCase().indexOf(word))
  // From the beginning of a word.
  const start = place <= around ? 0 : place - around + (text.slice(place - around, place).search(/\s/) + 1)
  const part = text.slice(start, place + 2 * around).toWellFormed().replaceAll(/\s+/g, ' ')
  return `${start > 0 ? '…' : ''}${part}${place + 2 * around < text.length ? '…' : ''}`
}
