import type { PaletteName } from '../matrix/matrix-options.js'
import { colourAt, palettes, readableOn } from '../matrix/score-rows.js'
import { isolate, markup, type Markup } from './markup.js'
import type { ReportData, ReportEntry, ReportMatrix, ReportTactic } from './report-data.js'
import { comparedMeanings } from './view/compare-sets.js'
import { type CellCounts, countColumn, heatSteps, highestValue, listLegend, openMeaning, viewCell } from './view/matrix-cells.js'

/**
 * The matrices as columns of buttons; without the script they are readable, with all sub-techniques. There are about a thousand cells,
 * so the markup of each is short.
 */
export function renderMatrices(data: ReportData, counts: CellCounts): Markup {
  const highest = highestValue(counts, 'count')
  const open = data.adversaries === undefined ? [] : [openMeaning]
  const legends = [
    renderLegend('count', [...open, ...listLegend('count', highest)]),
    renderLegend('best', [...open, ...listLegend('best', 3)]),
    ...(data.sets.length > 1 ? [renderLegend('compare', [...open, ...comparedMeanings, ...listLegend('best', 3).slice(-3, -1)])] : []),
  ]
  return markup`<section id="matrix" aria-labelledby="matrix-title"><h2 id="matrix-title" class="unseen">Matrix</h2>
<div class="toolbar">${renderTools(data)}${legends}</div>
<p id="compared" class="compared" role="status" hidden></p>
<div class="scroll board" role="region" aria-label="Cells of the matrix" tabindex="0">
${data.matrices.map((matrix, index) => renderMatrix(matrix, index, { data, counts, highest }))}</div>
<p id="readout" class="readout needs-script" aria-hidden="true">Arrow keys, Home and End move from cell to cell; Enter opens a technique, \
Space its sub-techniques.</p></section>`
}

function renderTools({ sets, compares }: ReportData): Markup {
  const titles = sets.map(({ title }, index) => [String(index), title.slice(0, 80).toWellFormed()] as const)
  const isSeveral = sets.length > 1
  return markup`<div class="tools needs-script">
${choose('Numbers', 'measure', [
    ['count', 'capabilities'], ['best', 'best score'], ...(isSeveral ? [['compare', compares ? 'old and new' : 'two frameworks'] as const] : []),
  ])}${isSeveral ? markup`<span id="pair" class="pair" hidden>${choose('A', 'set-a', titles)}${choose('B', 'set-b', titles)}</span>` : markup``}\
${choose('Techniques', 'shown', [['all', 'all'], ['mapped', 'mapped'], ['gaps', 'gaps']])}\
${choose('Cells', 'density', [['compact', 'compact'], ['roomy', 'roomy']])}\
<button type="button" id="open-all" aria-pressed="false">All sub-techniques</button></div>
`
}

function choose(label: string, id: string, options: readonly (readonly [value: string, text: string])[]): Markup {
  return markup`<label>${label} <select id="${id}">${options.map(([value, text]) =>
    markup`<option value="${value}">${text}</option>`)}</select></label>
`
}

function renderLegend(measure: 'count' | 'best' | 'compare', entries: ReturnType<typeof listLegend>): Markup {
  const hidden = measure === 'count' ? markup`` : markup` hidden`
  return markup`<ul class="legend" id="legend-${measure}" aria-label="What the cells mean"${hidden}>${entries.map(({ look, text, meaning }) =>
    markup`<li${look === openMeaning.look ? markup` class="for-adversary"` : markup``}><span class="swatch ${look}">${text}</span> ${meaning}</li>`)}</ul>
`
}

/** The data that cells are rendered from. */
interface CellSource {
  readonly data: ReportData
  readonly counts: CellCounts
  readonly highest: number
}

function renderMatrix({ title, tactics }: ReportMatrix, index: number, source: CellSource): Markup {
  const look = source.data.matrices.length === 1 ? 'unseen' : 'matrix-name'
  return markup`<h3 class="${look}">${isolate(title)}</h3><div class="matrix" role="group" aria-label="${title}">
${tactics.map((tactic, column) => renderTactic(tactic, `${index}-${column}`, source))}</div>
`
}

function renderTactic({ name, entries }: ReportTactic, key: string, source: CellSource): Markup {
  const { covered, all } = countColumn(entries, source.counts)
  return markup`<section class="tactic" data-tactic="${key}"><div class="head"><h4>${isolate(name)}</h4><p>${covered} of ${all}</p></div>\
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
  return markup`<button class="cell ${look}" data-technique="${index}"><span class="label">\
<bdi class="id">${id}</bdi> <bdi class="name">${breakAfterSlashes(name)}</bdi></span> <b>${text}</b></button>`
}

/** Allows a line break after the slash of "Websites/Domains": a narrow cell would otherwise break it within a word. */
function breakAfterSlashes(name: string): string | readonly Markup[] {
  return !name.includes('/') ? name : name.split(/(?<=\/)(?=\w)/).map((part, index) => (index === 0 ? markup`${part}` : markup`<wbr>${part}`))
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
