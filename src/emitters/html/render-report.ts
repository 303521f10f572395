import type { PaletteName } from '../matrix/matrix-options.js'
import { isolate, markup, type Markup } from './markup.js'
import { renderCoverage, renderGaps } from './render-coverage.js'
import { heatStyle, renderMatrices } from './render-matrix.js'
import { renderAbout, renderMasthead, renderNotes } from './render-overview.js'
import { loadReportAssets } from './report-assets.js'
import type { ReportData } from './report-data.js'
import { allRows, countCells } from './view/matrix-cells.js'

/** Renders the page: readable without its script, and interactive with it. The page loads nothing from elsewhere. */
export async function renderReport(data: ReportData, palette: PaletteName): Promise<Uint8Array> {
  const { script, style } = await loadReportAssets()
  const css = `${style}${heatStyle(palette)}`
  const [ofScript, ofStyle] = await Promise.all([script, css].map(hash))
  const policy = `default-src 'none'; script-src '${ofScript}'; style-src '${ofStyle}'; base-uri 'none'; form-action 'none'`
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${data.madeBy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${data.title}</title>
<style>${trusted(css)}</style>
</head>
<body>
${renderBody(data)}
<script type="application/json" id="data">${trusted(writeData(data))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`
  return new TextEncoder().encode(page.html)
}

const sections: readonly (readonly [id: string, title: string, needsScript: boolean])[] = [
  ['filters', 'Search', true],
  ['coverage', 'Coverage', false],
  ['matrix', 'Matrix', false],
  ['mappings', 'Mappings', true],
  ['gaps', 'Gaps', false],
  ['about', 'About', false],
  ['notes', 'Notes', false],
]

function renderBody(data: ReportData): Markup {
  const counts = countCells(data, allRows(data))
  return markup`<a class="skip" href="#main">Skip to the content</a>
${renderMasthead(data)}
<nav aria-label="Sections"><ul>${sections.map(([id, title, needsScript]) =>
    markup`<li${needsScript ? markup` class="needs-script"` : markup``}><a href="#${id}">${title}</a></li>`)}</ul>
<span class="needs-script"><a id="filtered" href="#filters" hidden></a>
<button type="button" id="theme">Dark</button> <button type="button" id="print">Print</button></span></nav>
<noscript><p class="hint">Without its script this page can be read, but not searched, and single rows are not shown.</p></noscript>
<main id="main" tabindex="-1">
<div id="filters" class="needs-script"></div>
${renderCoverage(data, counts)}
${renderMatrices(data, counts)}
<section id="mappings" class="needs-script" aria-labelledby="mappings-title"><h2 id="mappings-title">Mappings</h2></section>
${renderGaps(data, counts)}
${renderAbout(data)}
${renderNotes(data.notes)}
</main>
<footer>${isolate(data.title)}</footer>`
}

/** The data as JSON for a script element: escapes `<`, which could close the element, and the line separators of Unicode. */
function writeData(data: ReportData): string {
  return JSON.stringify(data).replaceAll(/[<\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Inserts text as is: the report's own assets, or data that are escaped already. */
function trusted(html: string): Markup {
  return { html }
}

/** The hash source of an inline script or style sheet for the Content-Security-Policy (CSP 3, section 2.3.1). */
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}
