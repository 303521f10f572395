import type { PageNote } from '../table/describe-notes.js'
import { countFacts } from '../table/set-facts.js'
import { isolate, markup, type Markup, renderTable, type TableColumn } from './markup.js'
import type { ReportData, ReportSet } from './report-data.js'
import { writeCount } from './view/counts.js'

/** Labels of the facts that the masthead repeats if they are stated. */
const mastheadFacts: ReadonlySet<string> = new Set(['Mapping version', 'Organisation', 'Created', 'Last updated'])

/** The masthead: the title, the main facts and the counts. */
export function renderMasthead({ title, counts, sets }: ReportData): Markup {
  const [only] = sets
  const facts = sets.length === 1 ? (only?.facts ?? []) : []
  const known = facts.filter(({ label, value }) => mastheadFacts.has(label) && value !== 'not stated')
  return markup`<header class="masthead">
<p class="kind">Mappings of security capabilities to ATT&amp;CK</p>
<h1>${isolate(title)}</h1>
<p class="facts">${known.map(({ label, value }) => markup`<span>${label}: ${isolate(value)}</span> `)}</p>
<dl class="counts">${countFacts(counts).map(([label, count]) => renderFact(label, markup`${writeCount(count)}`))}</dl>
</header>`
}

/** The section About: for each set its versions, dates, authors, source documents, and the meaning of its mapping types. */
export function renderAbout({ sets, madeBy }: ReportData): Markup {
  return markup`<section id="about" aria-labelledby="about-title"><h2 id="about-title">About and sources</h2>
${sets.length === 1 ? sets.map((set) => renderSet(set, true)) : sets.map(renderFolded)}
<p class="small">Made by ${madeBy}. This file loads nothing from the network and sends nothing anywhere.</p></section>`
}

function renderFolded(set: ReportSet): Markup {
  return markup`<details class="set"><summary><h3>${isolate(set.title)}</h3></summary>${renderSet(set, false)}</details>
`
}

/** The facts, documents and terms of a set. The counts of the only set are in the masthead. */
function renderSet({ title, facts, counts, sources, relations, groups }: ReportSet, isOnly: boolean): Markup {
  const of = isOnly ? '' : ` of ${title}`
  const all = [...facts, ...(isOnly ? [] : countFacts(counts).map(([label, count]) => ({ label, value: writeCount(count) })))]
  return markup`<dl class="about">${all.map(({ label, value }) => renderFact(label, isolate(value)))}</dl>
${sources.length === 0 ? markup`` : renderTable(`Source documents${of}`, [
    { title: 'Document', cell: ({ name }) => isolate(name) },
    { title: 'Parser', cell: ({ parser }) => isolate(parser) },
    { title: 'Rows', cell: ({ rows }) => markup`${writeCount(rows)}`, isNumber: true },
    { title: 'SHA-256', cell: ({ sha256 }) => markup`<code>${sha256}</code>` },
  ], sources)}
${renderTerms(`Mapping types${of}`, relations)}
${renderTerms(`Groups that are described${of}`, groups.filter(isDescribed))}`
}

function renderFact(label: string, value: Markup): Markup {
  return markup`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

type Term = ReportSet['relations'][number]

function isDescribed({ description }: Term): boolean {
  return description !== undefined
}

function renderTerms(caption: string, terms: ReportSet['relations']): Markup {
  if (terms.length === 0) return markup``
  return renderTable(caption, [
    { title: 'Name', cell: ({ name }) => isolate(name) },
    ...(terms.some(({ id, name }) => id !== name) ? [{ title: 'Id', cell: ({ id }: Term) => isolate(id) }] : []),
    ...(terms.some(isDescribed) ? [{ title: 'Description', cell: ({ description = '' }: Term) => isolate(description) }] : []),
    { title: 'Rows', cell: ({ rows }) => markup`${writeCount(rows)}`, isNumber: true },
  ], terms)
}

const optional = ['place', 'found', 'expected', 'hint'] as const
const titles = { place: 'Place', found: 'Found', expected: 'Expected', hint: 'What you can do' } as const

/** The section Notes: the diagnostics of the run. */
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
