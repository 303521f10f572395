import { joinBytes } from '../../formats/decode-characters.js'
import type { PaletteName } from '../matrix/matrix-options.js'
import type { ReportTable } from '../../model/report-table.js'
import type { PageNote } from '../table/describe-notes.js'
import { countFacts } from '../table/set-facts.js'
import { isolate, markup, type Markup, renderTable, type TableColumn } from './markup.js'
import { renderAdversaries } from './render-adversaries.js'
import { renderChanges } from './render-changes.js'
import { renderCoverage, renderGaps } from './render-coverage.js'
import { heatStyle, renderMatrices } from './render-matrix.js'
import { loadReportAssets } from './report-assets.js'
import type { ReportData, ReportSet } from './report-data.js'
import { explainOutside, listFigures, writeCount } from './view/counts.js'
import { allRows, type CellCounts, countCells } from './view/matrix-cells.js'

/** Renders the page: readable without its script, and interactive with it. The page loads nothing from elsewhere. */
export async function renderReport(data: ReportData, palette: PaletteName, changes: readonly ReportTable[] = []): Promise<Uint8Array> {
  const { script, style } = await loadReportAssets()
  const css = `${style}${heatStyle(palette)}`
  const [ofScript, ofStyle] = await Promise.all([embed(script), embed(css)])
  const policy = `default-src 'none'; script-src '${ofScript.hash}'; style-src '${ofStyle.hash}'; base-uri 'none'; form-action 'none'`
  const head = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${data.madeBy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${data.title}</title>
<style>`
  const body = markup`</style>
</head>
<body>
${renderBody(data, changes)}
<script type="application/json" id="data">`
  const encoder = new TextEncoder()
  // Each part by itself: a text with a single character beyond Latin 1 takes twice the memory, and is encoded slower.
  return joinBytes([
    encoder.encode(head.html), ofStyle.bytes, encoder.encode(body.html), encoder.encode(writeData(data)),
    encoder.encode('</script>\n<script>'), ofScript.bytes, encoder.encode('</script>\n</body>\n</html>\n'),
  ])
}

/** The views, in order; changes and adversaries only if there are any. */
const sections: readonly (readonly [id: string, title: string, needsScript: boolean])[] = [
  ['matrix', 'Matrix', false],
  ['mappings', 'Mappings', true],
  ['changes', 'Changes', false],
  ['adversaries', 'Adversaries', false],
  ['coverage', 'Coverage', false],
  ['gaps', 'Gaps', false],
  ['about', 'About', false],
  ['notes', 'Notes', false],
]

function renderBody(data: ReportData, changes: readonly ReportTable[]): Markup {
  const absent = new Set([...(data.adversaries ? [] : ['adversaries']), ...(changes.length > 0 ? [] : ['changes'])])
  const counts = countCells(data, allRows(data))
  return markup`<a class="skip" href="#main">Skip to the content</a>
${renderMasthead(data, counts)}
<nav aria-label="Views"><ul>${sections.filter(([id]) => !absent.has(id)).map(([id, title, needsScript]) =>
    markup`<li${needsScript ? markup` class="needs-script"` : markup``}><a href="#${id}">${title}</a></li>`)}</ul>
<div class="actions needs-script"><button type="button" id="theme">Dark</button> <button type="button" id="print">Print</button></div></nav>
<noscript><p class="hint">Without its script this page can be read, but not searched, and single rows are not shown.</p></noscript>
<div id="filters" class="needs-script"></div>
<main id="main" tabindex="-1">
${renderMatrices(data, counts)}
<section id="mappings" class="needs-script" aria-labelledby="mappings-title"><h2 id="mappings-title" class="unseen">Mappings</h2></section>
${changes.length > 0 ? renderChanges(changes) : markup``}
${data.adversaries === undefined ? markup`` : renderAdversaries(data, counts)}
${renderCoverage(data, counts)}
${renderGaps(data, counts)}
${renderAbout(data)}
${renderNotes(data.notes)}
</main>`
}

/** The data as JSON for a script element: escapes `<`, which could close the element, and the line separators of Unicode. */
function writeData(data: ReportData): string {
  // One mark after the other: a pattern of all three takes ten times as long.
  return JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** A script or style sheet as it is in the page, and its hash source for the Content-Security-Policy (CSP 3, section 2.3.1). */
interface Embedded {
  readonly bytes: Uint8Array
  readonly hash: string
}

/** Prepares a script or style sheet once: all reports of a palette have the same. */
function embed(text: string): Promise<Embedded> {
  const known = embedded.get(text) ?? encodeWithHash(text)
  embedded.set(text, known)
  return known
}

const embedded = new Map<string, Promise<Embedded>>()

async function encodeWithHash(text: string): Promise<Embedded> {
  const bytes = new TextEncoder().encode(text)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return { bytes, hash: `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}` }
}

/** Labels of the facts that the masthead repeats if they are stated. */
const mastheadFacts: ReadonlySet<string> = new Set(['Mapping version', 'Organisation', 'Created', 'Last updated'])

/** A longer title is smaller; where it still does not fit, it scrolls, and so must be reached by the keyboard. */
const longTitle = 80

/** The masthead: the title, the main facts, and three figures. The script updates the figures when rows are filtered. */
function renderMasthead(data: ReportData, counts: CellCounts): Markup {
  const { title, sets } = data
  const [only] = sets
  const facts = sets.length === 1 ? (only?.facts ?? []) : []
  const known = facts.filter(({ label, value }) => mastheadFacts.has(label) && value !== 'not stated')
  const explanation = explainOutside(data)
  return markup`<header class="masthead"><div>
<h1${title.length > longTitle ? markup` class="long" tabindex="0"` : markup``}>${isolate(title)}</h1>
<p class="facts">${known.map(({ label, value }) => markup`<span>${label}: ${isolate(value)}</span> `)}\
${explanation === undefined ? markup`` : markup`<span><a href="#gaps">${isolate(explanation)}</a></span>`}</p></div>
<dl class="figures">${listFigures(data, counts, allRows(data)).map(([count, label]) => renderFact(label, markup`${count}`))}</dl>
</header>`
}

/** The section About: for each set its versions, dates, authors, source documents, and the meaning of its mapping types. */
function renderAbout({ sets, madeBy, counts }: ReportData): Markup {
  return markup`<section id="about" aria-labelledby="about-title"><h2 id="about-title">About and sources</h2>
<dl class="counts">${countFacts(counts).map(([label, count]) => renderFact(label, markup`${writeCount(count)}`))}</dl>
${sets.length === 1 ? sets.map((set) => renderSet(set, true)) : sets.map(renderFolded)}
<p class="small">Made by ${madeBy}. This file loads nothing from the network and sends nothing anywhere.</p></section>`
}

function renderFolded(set: ReportSet): Markup {
  return markup`<details class="set"><summary><h3>${isolate(set.title)}</h3></summary>${renderSet(set, false)}</details>
`
}

/** The facts, documents and terms of a set. The counts of the only set are those of the report. */
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
const titles = { place: 'Place', found: 'Found', expected: 'Expected', hint: 'What to do' } as const

/** The section Notes: the diagnostics of the run. */
function renderNotes(notes: readonly PageNote[]): Markup {
  const columns: readonly TableColumn<PageNote>[] = [
    { title: 'Severity', cell: ({ severity }) => markup`${severity === 'info' ? 'note' : severity}` },
    { title: 'Message', cell: ({ message }) => isolate(message) },
    { title: 'Cases', cell: ({ count }) => markup`${count}`, isNumber: true },
    ...optional.filter((name) => notes.some((note) => note[name] !== undefined)).map((name): TableColumn<PageNote> =>
      ({ title: titles[name], cell: (note) => isolate(note[name] ?? '') })),
    { title: 'Code', cell: ({ code }) => markup`<code>${code}</code>` },
  ]
  const content = notes.length === 0
    ? markup`<p>Nothing to report.</p>`
    : renderTable('Messages of the run', columns, notes)
  return markup`<section id="notes" aria-labelledby="notes-title"><h2 id="notes-title">Notes</h2>
${content}</section>`
}
