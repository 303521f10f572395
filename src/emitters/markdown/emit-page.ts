import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { bidiControls } from '../markup/markdown-text.js'
import { createCellTexts } from '../table/cell-text.js'
import { describeNotes } from '../table/describe-notes.js'
import { countSets, setsTitle } from '../table/set-facts.js'
import type { MarkdownOptions } from './markdown.js'
import { describeSet, type MarkdownPage } from './page.js'
import { renderPage } from './render-page.js'

/** Builds the page of one or more sets. */
export function emitPage(sets: readonly ResolvedSet[], context: EmitContext, options: MarkdownOptions): readonly Artifact[] {
  const withRows = options['markdown-rows']
  const texts = createCellTexts('Markdown')
  const described = sets.map((set) => describeSet(set, context, texts, withRows))
  const title = texts.clean(setsTitle(sets), 'the title')
  texts.report(context.report)
  reportLosses(sets, withRows, context.report)

  const noteTexts = createCellTexts('Markdown')
  const counts = countSets(sets)
  const page: MarkdownPage = { title, counts, sets: described, notes: describeNotes(context.diagnostics, noteTexts) }
  noteTexts.report(context.report)
  const bidiControlCount = JSON.stringify(page).match(bidiControls)?.length ?? 0
  if (bidiControlCount > 0) {
    const message = 'Bidirectional control characters are written as their code points (Markdown)'
    context.report('emit/text-adjusted', { message, count: bidiControlCount })
  }
  return [{
    name: `${context.baseName}.md`,
    emitter: 'markdown',
    schema: 'markdown-summary',
    value: page,
    counts: { ...counts, ...(!withRows && { rows: 0 }) },
    render: () => new TextEncoder().encode(renderPage(page)),
  }]
}

/** Reports what the page omits as `emit/not-representable`: each kind once, with its count and its first place. */
function reportLosses(sets: readonly ResolvedSet[], withRows: boolean, report: Report): void {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const reportRows = (what: string, lost: readonly Mapping[]): void => {
    const origin = lost[0]?.origins[0]
    if (lost.length === 0) return
    report('emit/not-representable', { message: `Markdown: ${what}`, count: lost.length, ...(origin && { origin }) })
  }
  const reportCount = (what: string, count: number): void => {
    if (count > 0) report('emit/not-representable', { message: `Markdown: ${what}`, count })
  }
  if (!withRows) reportRows('the page has no table of rows, only their count (--no-markdown-rows)', rows)
  reportRows('authors of single rows are left out', rows.filter(({ author }) => author))
  reportRows('framework, versions and domain of single rows are left out', rows.filter(({ release }) => release))
  reportRows('related scores are left out', rows.filter(({ score }) => score?.related !== undefined))
  reportRows('verdicts, initials and remarks of auditors are left out', rows.filter(({ review }) => review))
  reportRows('the origin of fields that a mapping file supplied is left out', rows.filter(({ completed }) => completed))
  const capabilities = sets.flatMap((set) => [...set.capabilities.values()])
  const groups = sets.flatMap((set) => [...set.groups.values()])
  reportCount('longer descriptions of capabilities are left out', capabilities.filter(isDescribed).length)
  reportCount('descriptions of groups are left out', groups.filter(isDescribed).length)
  const unused = sets.reduce((sum, set) => sum + countUnusedGroups(set, withRows), 0)
  reportCount('groups without a member on the page are left out', unused)
}

function isDescribed({ description }: { readonly description?: string }): boolean {
  return description !== undefined
}

/** Counts the groups that the page does not name: it names those of mapped capabilities, and those of the rows that it lists. */
function countUnusedGroups({ groups, capabilities, mappings }: ResolvedSet, withRows: boolean): number {
  const shown = new Set<string>()
  for (const mapping of mappings) {
    if (withRows && mapping.group !== undefined) shown.add(mapping.group)
    if (mapping.kind !== 'mapped') continue
    for (const group of capabilities.get(mapping.capability.id)?.groups ?? []) shown.add(group)
  }
  return [...groups.keys()].filter((id) => !shown.has(id)).length
}
