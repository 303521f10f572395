import { isolate, markup, type Markup } from './markup.js'
import { renderTable } from './render-table.js'
import type { ReportCapability, ReportData, ReportOutside } from './report-data.js'
import type { CellCounts } from './view/count-cells.js'

/** What is not covered: techniques by tactic, capabilities that map to nothing, and techniques that have no cell in the matrix. */
export function renderGaps(data: ReportData, counts: CellCounts): Markup {
  return markup`<section id="gaps" aria-labelledby="gaps-title"><h2 id="gaps-title">Gaps</h2>
${data.matrices.map(({ title, tactics }) => markup`<h3>Techniques of ${isolate(title)} that nothing maps to</h3>
${tactics.map(({ name, entries }) => renderTacticGaps(name, [...new Set(entries.flat())], data, counts))}`)}
${renderCapabilities(data)}
${renderOutside(data)}</section>`
}

function renderTacticGaps(name: string, techniques: readonly number[], data: ReportData, counts: CellCounts): Markup {
  const gaps = techniques.filter((technique) => (counts.capabilities[technique] ?? 0) === 0)
  if (gaps.length === 0) return markup`<p>${isolate(name)}: none</p>`
  return markup`<details><summary>${isolate(name)}: ${gaps.length} of ${techniques.length}</summary><ul class="names">${gaps.map((technique) => {
    const { id = '', name: title = '' } = data.techniques[technique] ?? {}
    return markup`<li>${isolate(id)} ${isolate(title)}${counts.denied[technique] === true ? ' (declared: nothing maps to it)' : ''}</li>`
  })}</ul></details>`
}

interface Idle {
  readonly capability: ReportCapability
  readonly index: number
}

function renderCapabilities(data: ReportData): Markup {
  const idle = data.capabilities.map((capability, index): Idle => ({ capability, index })).filter(({ capability }) => capability.remark !== undefined)
  if (idle.length === 0) return markup`<h3>Capabilities that map to nothing</h3><p>None.</p>`
  const reasons = listReasons(data)
  return markup`<h3>Capabilities that map to nothing</h3>
${renderTable(`Capabilities that map to nothing: ${idle.length}`, [
    ...(data.sets.length === 1 ? [] : [{ title: 'Set', cell: ({ capability }: Idle) => isolate(data.sets[capability.set]?.title ?? '') }]),
    { title: 'Capability', cell: ({ capability: { id, name = '' } }) => markup`${isolate(id)} ${name === id ? '' : isolate(name)}` },
    { title: 'Remark', cell: ({ capability: { remark = '' } }) => markup`${remark}` },
    { title: 'Why', cell: ({ index }) => markup`${[...(reasons.get(index) ?? [])].map((reason) => markup`<p>${isolate(reason)}</p>`)}` },
  ], idle)}`
}

/** Comments of the rows of capabilities that map to nothing, shortened. */
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
  return text.length <= longestReason ? text : `${text.slice(0, longestReason).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function renderOutside(data: ReportData): Markup {
  const outside = data.sets.flatMap((set) => set.outside.map((found) => ({ set, found })))
  if (outside.length === 0) return markup``
  const explain: Readonly<Record<ReportOutside['reason'], string>> = {
    unknown: 'that release has no such technique',
    revoked: 'revoked in that release',
    deprecated: 'deprecated in that release',
  }
  return markup`<h3>Techniques that the matrix has no cell for</h3>
${renderTable('Techniques without a cell', [
    ...(data.sets.length === 1 ? [] : [{ title: 'Set', cell: ({ set }: (typeof outside)[number]) => isolate(set.title) }]),
    { title: 'Technique', cell: ({ found }) => markup`${isolate(data.techniques[found.technique]?.id ?? '')} ${isolate(data.techniques[found.technique]?.name ?? '')}` },
    { title: 'Why', cell: ({ found }) => markup`${explain[found.reason]}` },
    { title: 'Rows', cell: ({ found }) => markup`${found.rows}`, isNumber: true },
  ], outside)}`
}
