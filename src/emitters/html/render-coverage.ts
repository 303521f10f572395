import { cutText } from '../../model/text.js'
import { isolate, markup, type Markup, renderTable, type TableColumn } from './markup.js'
import { renderAdversaryHint } from './render-adversaries.js'
import type { ReportCapability, ReportData, ReportMatrix, ReportOutside, ReportSet } from './report-data.js'
import { coverSets } from './view/compare-sets.js'
import { countCovered, type Covered, describeCovered, isSubTechnique, writeCount } from './view/counts.js'
import { allRows, type CellCounts } from './view/matrix-cells.js'

/** Coverage by tactic, as tables with bars. The script updates the numbers when rows are filtered. */
export function renderCoverage(data: ReportData, counts: CellCounts): Markup {
  return markup`<section id="coverage" aria-labelledby="coverage-title"><h2 id="coverage-title">Coverage</h2>
<p>A technique counts as covered when a capability is mapped to it, in however small a part. Covered sub-techniques do not cover
their technique.</p>
${data.sets.length === 1 ? markup`` : renderBySet(data)}
<h3>By tactic</h3>
${data.matrices.map((matrix, index) => renderMatrixCoverage(matrix, index, data, counts))}</section>`
}

/** Coverage by framework, each in its own ATT&CK release. The script updates the numbers when rows are filtered. */
function renderBySet(data: ReportData): Markup {
  return markup`<h3>By framework</h3>
<p>Each framework is counted in the ATT&amp;CK release that it refers to. "Only here" are techniques and sub-techniques that no other
framework of this report covers.</p>
<div class="scroll" role="region" aria-label="Coverage by framework" tabindex="0"><table class="coverage by-set">
<caption>Coverage by framework</caption>
<thead><tr><th scope="col">Framework</th><th scope="col" class="number">Techniques</th><th scope="col" class="number">Sub-techniques</th>\
<th scope="col" class="number">Share</th><th scope="col" class="bar-head">Bar</th><th scope="col" class="number">Only here</th>\
<th scope="col" class="number">Rows</th></tr></thead>
<tbody>${coverSets(data, allRows(data)).map((covered, set) => renderLine(data.sets[set]?.title ?? '', covered, [covered.only, covered.rows]))}\
</tbody></table></div>`
}

function renderMatrixCoverage({ title, tactics }: ReportMatrix, index: number, data: ReportData, counts: CellCounts): Markup {
  const isSub = (technique: number): boolean => isSubTechnique(data, technique)
  const lines = tactics.map(({ name, entries }) => ({ name, covered: countCovered(entries, counts, isSub) }))
  const total = countCovered(tactics.flatMap(({ entries }) => entries), counts, isSub)
  return markup`<div class="scroll" role="region" aria-label="Coverage of ${title}" tabindex="0">
<table class="coverage by-tactic" data-matrix="${index}">
<caption>${isolate(title)}</caption>
<thead><tr><th scope="col">Tactic</th><th scope="col" class="number">Techniques</th>
<th scope="col" class="number">Sub-techniques</th><th scope="col" class="number">Share</th>\
<th scope="col" class="bar-head">Bar</th></tr></thead>
<tbody>${lines.map(({ name, covered }) => renderLine(name, covered))}</tbody>
<tfoot>${renderLine('All, each once', total)}</tfoot></table></div>`
}

function renderLine(name: string, covered: Covered, more: readonly number[] = []): Markup {
  const { techniques, subTechniques, share, width } = describeCovered(covered)
  return markup`<tr><th scope="row">${isolate(name)}</th><td class="number">${techniques}</td>\
<td class="number">${subTechniques}</td><td class="number">${share}</td>\
<td><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
<rect class="track" width="100" height="10"/>\
<rect class="fill" width="${width}" height="10"/></svg></td>\
${more.map((count) => markup`<td class="number">${writeCount(count)}</td>`)}</tr>
`
}

/** The section Gaps: unmapped techniques by tactic, unmapped capabilities, and techniques without a cell in the matrix. */
export function renderGaps(data: ReportData, counts: CellCounts): Markup {
  return markup`<section id="gaps" aria-labelledby="gaps-title"><h2 id="gaps-title">Gaps</h2>
<p class="small needs-script">Of all rows: search and filters do not apply here. The choice "Techniques: gaps" of the matrix shows those of a filter.</p>
${data.matrices.map(({ title, tactics }) => markup`<h3>Techniques of ${isolate(title)} that nothing maps to</h3>
${tactics.map(({ name, entries }) => renderTacticGaps(name, [...new Set(entries.flat())], data, counts))}`)}
${renderCapabilities(data)}
${renderOutside(data)}
${data.adversaries === undefined ? renderAdversaryHint() : markup``}</section>`
}

function renderTacticGaps(name: string, techniques: readonly number[], data: ReportData, counts: CellCounts): Markup {
  const gaps = techniques.filter((technique) => (counts.capabilities[technique] ?? 0) === 0)
  if (gaps.length === 0) return markup`<p>${isolate(name)}: none</p>`
  const names = gaps.map((technique) =>
    markup`<li>${nameTechnique(data, technique)}${counts.denied[technique] === true ? ' (declared so)' : ''}</li>`)
  return markup`<details><summary>${isolate(name)}: ${gaps.length} of ${techniques.length}</summary>\
<ul class="names">${names}</ul></details>`
}

function nameTechnique({ techniques }: ReportData, index: number): Markup {
  const { id = '', name = '' } = techniques[index] ?? {}
  return isolate(name === '' ? id : `${id} ${name}`)
}

interface UnmappedCapability {
  readonly capability: ReportCapability
  readonly index: number
}

function renderCapabilities(data: ReportData): Markup {
  const unmapped = data.capabilities.map((capability, index): UnmappedCapability => ({ capability, index }))
    .filter(({ capability }) => capability.remark !== undefined)
  if (unmapped.length === 0) return markup`<h3>Capabilities that map to nothing</h3><p>None.</p>`
  const reasons = listReasons(data)
  return markup`<h3>Capabilities that map to nothing</h3>
${renderTable(`Capabilities that map to nothing: ${unmapped.length}`, [
    ...frameworkColumn(data, ({ capability }: UnmappedCapability) => data.sets[capability.set]),
    { title: 'Capability', cell: ({ capability: { id, name = '' } }) => markup`${isolate(id)} ${isolate(name === id ? '' : name)}` },
    { title: 'Remark', cell: ({ capability: { remark = '' } }) => markup`${remark}` },
    { title: 'Why', cell: ({ index }) => markup`${Array.from(reasons.get(index) ?? [], renderReason)}` },
  ], unmapped)}`
}

function renderReason(reason: string): Markup {
  return markup`<p>${isolate(reason)}</p>`
}

/** The column Framework; none if the report has only one set. */
function frameworkColumn<Row>({ sets }: ReportData, setOf: (row: Row) => ReportSet | undefined): readonly TableColumn<Row>[] {
  return sets.length === 1 ? [] : [{ title: 'Framework', cell: (row) => isolate(setOf(row)?.title ?? '') }]
}

/** Shortened comments of rows without a technique, by the index of their capability. */
function listReasons({ rows, texts }: ReportData): ReadonlyMap<number, ReadonlySet<string>> {
  const reasons = new Map<number, Set<string>>()
  for (const [row, capability] of rows.capability.entries()) {
    const comment = texts[rows.comments?.[row] ?? -1]
    if (capability < 0 || (rows.technique[row] ?? -1) >= 0 || comment === undefined) continue
    const known = reasons.get(capability) ?? new Set()
    reasons.set(capability, known.add(shorten(comment)))
  }
  return reasons
}

const longestReason = 600

function shorten(text: string): string {
  return text.length <= longestReason ? text : `${cutText(text, longestReason)}…`
}

function renderOutside(data: ReportData): Markup {
  const outside = data.sets.flatMap((set) => set.outside.map((found) => ({ set, found })))
  if (outside.length === 0) return markup``
  const explain: Readonly<Record<ReportOutside['reason'], string>> = {
    unknown: 'that release has no such technique',
    revoked: 'revoked in that release',
    deprecated: 'deprecated in that release',
    'not-in-index': 'not in the index: the stated release is newer than the available ones',
  }
  return markup`<h3>Techniques that the matrix has no cell for</h3>
${renderTable('Techniques without a cell', [
    ...frameworkColumn(data, ({ set }: (typeof outside)[number]) => set),
    { title: 'Technique', cell: ({ found }) => nameTechnique(data, found.technique) },
    { title: 'Why', cell: ({ found }) => markup`${explain[found.reason]}` },
    { title: 'Rows', cell: ({ found }) => markup`${found.rows}`, isNumber: true },
  ], outside)}`
}
