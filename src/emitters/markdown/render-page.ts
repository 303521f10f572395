import { cellText, inlineText } from '../markup/markdown-text.js'
import type { PageNote } from '../table/page-note.js'
import type { MarkdownPage } from './page.js'
import { renderCounts, renderSet } from './render-set.js'
import { renderTable, type TableColumn } from '../markup/render-table.js'

/** The page as GitHub Flavored Markdown, version 0.29. Several sets get a table of contents and a section each. */
export function renderPage({ title, counts, sets, notes }: MarkdownPage): string {
  const [only] = sets
  const single = only !== undefined && sets.length === 1
  const lines = [
    `# ${inlineText(title)}`,
    '',
    'Each row says that a security capability bears on an ATT&CK technique, or that it maps to nothing.',
    '',
    ...(single ? renderSet(only, '##') : renderSets(sets, counts)),
    '## Notes',
    '',
    ...(notes.length === 0 ? ['Nothing was found that you would have to know.', ''] : renderTable(noteColumns, notes)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** Headings are plain ("Set 2"): their anchors are the same wherever the page is shown. */
function renderSets(sets: MarkdownPage['sets'], counts: MarkdownPage['counts']): readonly string[] {
  return [
    '## Contents',
    '',
    ...sets.map((set, index) => `- [${inlineText(set.title)}](#set-${index + 1})`),
    '- [Notes](#notes)',
    '',
    '## Counts',
    '',
    ...renderCounts(counts),
    ...sets.flatMap((set, index) => [`## Set ${index + 1}`, '', `**${inlineText(set.title)}**`, '', ...renderSet(set, '###')]),
  ]
}

const noteColumns: readonly TableColumn<PageNote>[] = [
  { title: 'Severity', cell: ({ severity }) => (severity === 'info' ? 'note' : severity) },
  { title: 'Message', cell: ({ message }) => cellText(message) },
  { title: 'Cases', cell: ({ count }) => String(count), number: true },
  { title: 'Place', cell: ({ place = '' }) => cellText(place), optional: true },
  { title: 'Found', cell: ({ found = '' }) => cellText(found), optional: true },
  { title: 'Expected', cell: ({ expected = '' }) => cellText(expected), optional: true },
  { title: 'What you can do', cell: ({ hint = '' }) => cellText(hint), optional: true },
  { title: 'Code', cell: ({ code }) => cellText(code) },
]
