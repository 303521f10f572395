import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact } from '../artifact.js'
import type { EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { countSets } from '../table/set-counts.js'
import { setsTitle } from '../table/set-title.js'
import { describeNotes } from '../table/describe-notes.js'
import { describeSet } from './describe-set.js'
import type { MarkdownOptions } from './markdown-options.js'
import { directionMarks } from '../markup/markdown-text.js'
import type { MarkdownPage } from './page.js'
import { renderPage } from './render-page.js'
import { reportLosses } from './report-losses.js'

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
  const turned = JSON.stringify(page).match(directionMarks)?.length ?? 0
  if (turned > 0) {
    const message = 'Marks that turn the direction of text round are written as their numbers (Markdown)'
    context.report('emit/text-adjusted', { message, count: turned })
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
