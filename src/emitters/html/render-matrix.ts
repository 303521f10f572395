import type { PaletteName } from '../matrix/matrix-options.js'
import { colourAt, palettes } from '../matrix/score-rows.js'
import { isolate, markup, type Markup } from './markup.js'
import type { ReportData, ReportEntry, ReportTactic } from './report-data.js'
import { type CellCounts, heatSteps, highestValue, listLegend, type Measure, viewCell } from './view/matrix-cells.js'

/**
 * The matrices as columns of buttons; without the script they are there to be read, with all sub-techniques. There are a thousand
 * cells: each is written as shortly as can be.
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

/** What cells are made of. */
interface Shown {
  readonly data: ReportData
  readonly counts: CellCounts
  readonly highest: number
}

function renderTactic({ name, entries }: ReportTactic, key: string, shown: Shown): Markup {
  return markup`<section class="tactic" data-tactic="${key}"><h4>${isolate(name)}</h4>\
<ul>${entries.map((entry, index) => renderEntry(entry, `subs-${key}-${index}`, shown))}</ul></section>
`
}

function renderEntry(entry: ReportEntry, id: string, shown: Shown): Markup {
  const { data, counts } = shown
  const [technique, ...subs] = entry
  if (subs.length === 0) return markup`<li class="entry">${renderCell(entry, shown)}</li>`
  const mapped = subs.filter((sub) => (counts.capabilities[sub] ?? 0) > 0).length
  const share = `${mapped}/${subs.length}`
  return markup`<li class="entry">${renderCell(entry, shown)}<button class="opener" aria-expanded="false" \
aria-controls="${id}" aria-label="${share} sub-techniques of ${data.techniques[technique]?.id ?? ''} mapped">${share}</button>\
<ul class="subs" id="${id}">${subs.map((sub) => markup`<li>${renderCell([sub], shown)}</li>`)}</ul></li>`
}

function renderCell(entry: ReportEntry, { data, counts, highest }: Shown): Markup {
  const [index] = entry
  const { id = '', name = '' } = data.techniques[index] ?? {}
  const { look, text } = viewCell(entry, counts, 'count', highest)
  return markup`<button class="cell ${look}" data-technique="${index}">\
<bdi class="id">${id}</bdi> <bdi class="name">${breakAfterSlashes(name)}</bdi> <b>${text}</b></button>`
}

/** "Websites/Domains" may be parted after its slash, where the narrow cell has no room, and not in the midst of a word. */
function breakAfterSlashes(name: string): readonly Markup[] {
  return name.split(/(?<=\/)(?=\w)/).map((part, index) => (index === 0 ? markup`${part}` : markup`<wbr>${part}`))
}

/** The colours of cells. On dark pages the palette is turned round, so that what is best stands out there too. */
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

/** Black or white, whichever is easier to read: one of them has a contrast of 4.5 with any colour (WCAG 2.1, 1.4.3). */
function inkOn(colour: string): string {
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map(linear)
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? '#fff' : '#000'
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
