import { create } from './elements.js'

/** One of the values of a choice. */
export interface Option {
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
export function createChoice(label: string, options: readonly Option[], change: () => void): Choice {
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
