import { markup, isolate, type Markup } from './markup.js'
import type { ReportData, ReportMatrix } from './report-data.js'
import type { CellCounts } from './view/count-cells.js'
import { countCovered, type Covered } from './view/count-covered.js'
import { describeCovered } from './view/describe-covered.js'
import { isSubTechnique } from './view/is-sub-technique.js'

/** How much of each tactic is mapped, as tables with bars. The script fills in other numbers when rows are filtered. */
export function renderCoverage(data: ReportData, counts: CellCounts): Markup {
  return markup`<section id="coverage" aria-labelledby="coverage-title"><h2 id="coverage-title">Coverage by tactic</h2>
<p>A technique counts as covered when a capability is mapped to it, in however small a part. Covered sub-techniques do not cover
their technique.</p>
${data.matrices.map((matrix, index) => renderMatrixCoverage(matrix, index, data, counts))}</section>`
}

function renderMatrixCoverage({ title, tactics }: ReportMatrix, index: number, data: ReportData, counts: CellCounts): Markup {
  const isSub = (technique: number): boolean => isSubTechnique(data, technique)
  const lines = tactics.map(({ name, entries }) => ({ name, covered: countCovered(entries, counts, isSub) }))
  const total = countCovered(tactics.flatMap(({ entries }) => entries), counts, isSub)
  return markup`<div class="scroll" role="region" aria-label="Coverage of ${title}" tabindex="0">
<table class="coverage" data-matrix="${index}">
<caption>${isolate(title)}</caption>
<thead><tr><th scope="col">Tactic</th><th scope="col" class="number">Techniques</th>
<th scope="col" class="number">Sub-techniques</th><th scope="col" class="number">Share</th>\
<th scope="col" class="bar-head">Bar</th></tr></thead>
<tbody>${lines.map(({ name, covered }) => renderLine(name, covered))}</tbody>
<tfoot>${renderLine('All, each once', total)}</tfoot></table></div>`
}

function renderLine(name: string, covered: Covered): Markup {
  const { techniques, subTechniques, share, width } = describeCovered(covered)
  return markup`<tr><th scope="row">${isolate(name)}</th><td class="number">${techniques}</td>\
<td class="number">${subTechniques}</td><td class="number">${share}</td>\
<td><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
<rect class="track" width="100" height="10"/>\
<rect class="fill" width="${width}" height="10"/></svg></td></tr>
`
}
