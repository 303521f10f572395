import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { DecodedDocument, TableSheet } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { ParseContext, Parser } from '../parser.js'

/** Folded column titles, in order. The first four columns are the parts of an id. */
const titles = ['axes', 'category', 'subcategory', 'value', 'description'] as const

/**
 * CTID's table of VERIS enumerations: ids and their descriptions. It contains no mappings, so its set has capabilities and no rows;
 * they complete the rows of other documents.
 */
export const verisEnumerations: Parser<'veris-enumerations'> = {
  id: 'veris-enumerations',
  title: 'VERIS enumerations (CSV): ids and descriptions, no mappings',
  extensions: ['csv'],
  containers: ['csv', 'workbook'],
  sniff: (document) => (findTable(document)
    ? { confidence: 0.95, reason: 'has the columns AXES, CATEGORY, SUB CATEGORY, VALUE and DESCRIPTION' }
    : { confidence: 0, reason: 'has other columns' }),
  parse: (document, context) => Promise.resolve(parseEnumerations(document, context)),
}

function findTable(document: DecodedDocument): TableSheet | undefined {
  if (document.container !== 'csv' && document.container !== 'workbook') return undefined
  return document.sheets.find(({ rows }) => titles.every((title, column) => fold(rows[0]?.[column] ?? '') === title))
}

function fold(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z]+/g, '')
}

function parseEnumerations(document: DecodedDocument, { report }: ParseContext): readonly MappingSet[] {
  const sheet = findTable(document)
  const { file } = document
  if (!sheet) {
    report('parse/no-mappings', {
      origin: { document: file.name, place: { kind: 'file' } },
      expected: 'the columns AXES, CATEGORY, SUB CATEGORY, VALUE and DESCRIPTION',
    })
    return []
  }
  const capabilities = new Map<string, { id: string; name?: string }>()
  for (const [row, cells] of sheet.rows.entries()) {
    if (row === 0 || cells.length === 0) continue
    const [axis, category, subcategory, value, description] = cells.map((cell) => cell.trim())
    const id = [axis, category, subcategory, value].filter((part) => part !== undefined && part !== '').join('.')
    const origin = { document: file.name, place: sheet.place(row, 0) }
    if (!axis || !category) report('parse/unreadable-row', { origin, found: id, expected: 'an axis and a category' })
    else if (capabilities.has(id)) report('parse/repeated-id', { origin, found: id })
    else capabilities.set(id, { id, ...stated({ name: description === '' ? undefined : description }) })
  }
  const veris = describeFramework('veris')
  report('parse/no-mappings', {
    origin: { document: file.name, place: { kind: 'file' } },
    message: `The document describes ${countNoun(capabilities.size, 'VERIS id')} but contains no mappings`,
    hint: 'With --catalog, it completes the rows of other documents.',
  })
  return [createMappingSet({
    framework: { id: veris.id, name: veris.name },
    capabilities: capabilities.values(),
    mappings: [],
    sources: [{ name: file.name, sha256: file.sha256, parser: 'veris-enumerations', rows: 0 }],
  })]
}
