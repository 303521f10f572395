import type { Artifact, EmitContext } from '../../../src/emitters/emitter.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { createCellTexts } from '../../../src/emitters/table/cell-text.js'
import type { TableRow } from '../../../src/emitters/table/table-columns.js'
import { tableRows } from '../../../src/emitters/table/table-rows.js'
import type { MarkdownListOptions } from './markdown-list-options.js'

/** A heading, then a line per mapped row. What the list has no room for is reported once, with its count. */
export function emitMarkdownList(sets: readonly ResolvedSet[], context: EmitContext, options: MarkdownListOptions): readonly Artifact[] {
  const texts = createCellTexts('Markdown list')
  const all = tableRows(sets, context, texts)
  texts.report(context.report)

  const rows = all.filter((row) => row.capability_id !== undefined && row.attack_object_id !== undefined)
  const oneSided = all.length - rows.length
  if (oneSided > 0) {
    context.report('emit/not-representable', { message: `Markdown list: ${oneSided} rows have one side only and make no line`, count: oneSided })
  }
  if (rows.length > 0) {
    context.report('emit/not-representable', {
      message: `Markdown list: scores, comments, references and places of ${rows.length} rows have no room in a line`,
      count: rows.length,
    })
  }
  return [{
    name: `${context.baseName}.md`,
    emitter: 'markdown-list',
    schema: 'table-rows',
    value: rows,
    counts: { rows: rows.length },
    render: () => new TextEncoder().encode(['# Mappings', '', ...rows.map((row) => writeLine(row, options)), ''].join('\n')),
  }]
}

function writeLine(row: TableRow, options: MarkdownListOptions): string {
  const capability = escapeMarkdown(row.capability_description ?? row.capability_id ?? '')
  const technique = escapeMarkdown([row.attack_object_id, row.attack_object_name].filter((part) => part !== undefined).join(' '))
  const sides = options['markdown-first'] === 'technique' ? [technique, capability] : [capability, technique]
  return `- ${sides.join(': ')}${row.mapping_type === undefined ? '' : ` (${escapeMarkdown(row.mapping_type)})`}`
}

/** Documents are not to be trusted: their text stays text. CommonMark 0.31, section 2.4: any ASCII punctuation may be escaped. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]()#+!|<>&~]/g, '\\$&')
}
