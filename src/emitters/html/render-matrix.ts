import type { PaletteName } from '../matrix/matrix-options.js'
import { colourAt, palettes, readableOn } from '../matrix/score-rows.js'
import { isolate, markup, type Markup } from './markup.js'
import type { ReportData, ReportEntry, ReportTactic } from './report-data.js'
import { type CellCounts, heatSteps, highestValue, listLegend, type Measure, viewCell } from './view/matrix-cells.js'

/**
 * The matrices as columns of buttons; without the script they are readable, with all sub-techniques. There are about a thousand cells,
 * so the markup of each is short.
 */
export function renderMatrices(data: ReportData, counts: CellCounts): Markup {
  const highest = highestValue(counts, 'count')
  return markup`<section id="matrix" aria-labelledby="matrix-title"><h2 id="matrix-title">Matrix</h2>
<p>The number in a cell says how many capabilities map to the technique, or how good the best score is.</p>
<div class="tools needs-script">
<label>Number <select id="measure"><option value="count">Capabilities</option>\
<option value="best">Best score</option></select></label>
<label>Show <select id="shown"><option value="all">all techniques</option>\
<option value="mapped">mapped ones</option><option value="gaps">gaps</option></select></label>
<button type="button" id="open-all" aria-pressed="false">Show all sub-techniques</button></div>
${(['count', 'best'] as const).map((measure) => renderLegend(measure, measure === 'best' ? 3 : highest))}
${data.matrices.map(({ title, tactics }, matrix) => markup`<h3 class="matrix-name">${isolate(title)}</h3>
<div class="scroll" role="region" aria-label="Matrix ${title}" tabindex="0"><div class="matrix">
${tactics.map((tactic, index) => renderTactic(tactic, `${matrix}-${index}`, { data, counts, highest }))}</div></div>`)}</section>`
}

function renderLegend(measure: Measure, highest: number): Markup {
  const hidden = measure === 'count' ? markup`` : markup` hidden`
  const entries = listLegend(measure, highest).map(({ look, text, meaning }) =>
    markup`<li><span class="swatch ${look}">${text}</span> ${meaning}</li>`)
  return markup`<ul class="legend" id="legend-${measure}" aria-label="What the cells mean"${hidden}>${entries}</ul>
`
}

/** The data that cells are rendered from. */
interface CellSource {
  readonly data: ReportData
  readonly counts: CellCounts
  readonly highest: number
}

function renderTactic({ name, entries }: ReportTactic, key: string, source: CellSource): Markup {
  return markup`<section class="tactic" data-tactic="${key}"><h4>${isolate(name)}</h4>\
<ul>${entries.map((entry, index) => renderEntry(entry, `subs-${key}-${index}`, source))}</ul></section>
`
}

function renderEntry(entry: ReportEntry, id: string, source: CellSource): Markup {
  const { data, counts } = source
  const [technique, ...subs] = entry
  if (subs.length === 0) return markup`<li class="entry">${renderCell(entry, source)}</li>`
  const mapped = subs.filter((sub) => (counts.capabilities[sub] ?? 0) > 0).length
  const share = `${mapped}/${subs.length}`
  return markup`<li class="entry">${renderCell(entry, source)}<button class="opener" aria-expanded="false" \
aria-controls="${id}" aria-label="${share} sub-techniques of ${data.techniques[technique]?.id ?? ''} mapped">${share}</button>\
<ul class="subs" id="${id}">${subs.map((sub) => markup`<li>${renderCell([sub], source)}</li>`)}</ul></li>`
}

function renderCell(entry: ReportEntry, { data, counts, highest }: CellSource): Markup {
  const [index] = entry
  const { id = '', name = '' } = data.techniques[index] ?? {}
  const { look, text } = viewCell(entry, counts, 'count', highest)
  return markup`<button class="cell ${look}" data-technique="${index}">\
<bdi class="id">${id}</bdi> <bdi class="name">${breakAfterSlashes(name)}</bdi> <b>${text}</b></button>`
}

/** Allows a line break after the slash of "Websites/Domains": a narrow cell would otherwise break it within a word. */
function breakAfterSlashes(name: string): readonly Markup[] {
  return name.split(/(?<=\/)(?=\w)/).map((part, index) => (index === 0 ? markup`${part}` : markup`<wbr>${part}`))
}

/** The style sheet of cell colours. On dark pages the palette is reversed, so that the highest values stand out there too. */
export function heatStyle(palette: PaletteName): string {
  const colors = palettes[palette]
  const light = listSteps(colors)
  const dark = listSteps(colors.toReversed())
  return light.map((colour, step) => {
    const other = dark[step] ?? colour
    return `.heat-${step}{background:light-dark(${colour},${other});color:light-dark(${inkOn(colour)},${inkOn(other)})}`
  }).join('')
}

function listSteps(colors: readonly string[]): readonly string[] {
  const gradient = { colors, minValue: 0, maxValue: heatSteps - 1 }
  return Array.from({ length: heatSteps }, (_, step) => colourAt(gradient, step))
}

/** The colour of text on a colour, in CSS's short form. */
function inkOn(colour: string): string {
  return readableOn(colour) === '#ffffff' ? '#fff' : '#000'
}
