import type { PageNote } from '../table/page-note.js'
import { isolate, markup, type Markup } from './markup.js'
import { renderTable, type TableColumn } from './render-table.js'

const optional = ['place', 'found', 'expected', 'hint'] as const
const titles = { place: 'Place', found: 'Found', expected: 'Expected', hint: 'What you can do' } as const

/** What was found on the way. */
export function renderNotes(notes: readonly PageNote[]): Markup {
  const columns: readonly TableColumn<PageNote>[] = [
    { title: 'Severity', cell: ({ severity }) => markup`${severity === 'info' ? 'note' : severity}` },
    { title: 'Message', cell: ({ message }) => isolate(message) },
    { title: 'Cases', cell: ({ count }) => markup`${count}`, isNumber: true },
    ...optional.filter((name) => notes.some((note) => note[name] !== undefined)).map((name): TableColumn<PageNote> =>
      ({ title: titles[name], cell: (note) => isolate(note[name] ?? '') })),
    { title: 'Code', cell: ({ code }) => markup`<code>${code}</code>` },
  ]
  const content = notes.length === 0
    ? markup`<p>Nothing was found that you would have to know.</p>`
    : renderTable('What was found on the way', columns, notes)
  return markup`<section id="notes" aria-labelledby="notes-title"><h2 id="notes-title">Notes</h2>
${content}</section>`
}
