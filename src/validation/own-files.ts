import { type DecodedDocument, fieldOf, itemsOf, type TableSheet, textOf, treeOf } from '../formats/decoded.js'
import { pointerStep } from '../formats/places.js'
import { type FileKind, jsonKind } from './file-kind.js'
import { reportSchemaError } from './report-schema-error.js'

/** Manifest of a run: validates its schema, unique names, and the digests of artifacts that are validated together with it. */
export const manifestKind: FileKind = {
  id: 'manifest',
  title: 'Crosswalk manifest',
  recognise: (document) => ['artifacts', 'sources'].every((name) => fieldOf(treeOf(document)?.value, name) !== undefined),
  async validate(document, context) {
    if (!('value' in document)) return {}
    await reportSchemaError('manifest', document.value, context)
    const artifacts = itemsOf(document.value, 'artifacts')
    const folder = document.file.path.slice(0, document.file.path.lastIndexOf('/') + 1)
    const names = new Set<string>()
    for (const [index, artifact] of artifacts.entries()) {
      const name = textOf(artifact, 'name')
      if (name === undefined) continue
      const pointer = `/artifacts${pointerStep(index)}`
      if (names.has(name)) {
        context.reportAt(`${pointer}/name`, 'verify/meaning', { message: `The artifact ${name} is listed twice` })
      }
      names.add(name)
      const file = context.files.get(`${folder}${name}`)
      const stated = textOf(artifact, 'sha256')
      if (file && stated !== undefined && stated !== file.sha256) {
        context.reportAt(`${pointer}/sha256`, 'verify/meaning', {
          message: `${name} was changed after the run: its digest differs from the one in the manifest`,
          found: file.sha256,
          expected: stated,
        })
      }
    }
    return { artifacts: artifacts.length }
  },
}

/** JSON files by Crosswalk that no emitter writes; their schemas describe them completely. */
export const ownJsonKinds: readonly FileKind[] = [
  jsonKind({
    id: 'inspection',
    title: 'Crosswalk inspection',
    schema: 'inspect',
    fields: ['documents', 'sets', 'diagnostics'],
    counted: ['sets'],
  }),
  jsonKind({
    id: 'diagnostics',
    title: 'Crosswalk diagnostics',
    schema: 'diagnostics',
    fields: ['summary', 'diagnostics'],
    counted: ['diagnostics'],
  }),
  jsonKind({
    id: 'upgrade',
    title: 'Change report of an upgrade',
    schema: 'upgrade',
    fields: ['counts', 'changes', 'candidates'],
    counted: ['changes'],
  }),
  jsonKind({
    id: 'in-place',
    title: 'Report of an update in place',
    schema: 'in-place',
    fields: ['to', 'check', 'files'],
    counted: ['files'],
  }),
  jsonKind({
    id: 'attack-changes',
    title: 'Changes between ATT&CK releases',
    schema: 'attack-changes',
    fields: ['kind', 'domains'],
    counted: ['domains'],
  }),
  jsonKind({
    id: 'attack-successors',
    title: 'Successors of ATT&CK techniques',
    schema: 'attack-successors',
    fields: ['kind', 'to', 'successors'],
    counted: ['successors'],
  }),
  jsonKind({
    id: 'model',
    title: 'Crosswalk mapping set',
    schema: 'model',
    fields: ['framework', 'attack', 'mappings'],
    counted: ['mappings'],
  }),
]

/** Names of the CSV tables of `diff`, `coverage`, `upgrade` and `bridge`. */
const tableName = /\.(?:diff|coverage|upgrade|bridge|attack-changes|attack-successors)\.[a-z]+(?:-[a-z]+)*\.csv$/
const columnKey = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/**
 * CSV table of an analysis by Crosswalk, recognised by its name. Its columns depend on options, so only its shape and the names of
 * columns are validated. Its content is also in the JSON report of the analysis, which has a schema.
 */
export const reportTableKind: FileKind = {
  id: 'report-table',
  title: 'Table of a report (shape only)',
  recognise: (document) => tableName.test(document.file.name) && sheetOf(document) !== undefined,
  async validate(document, { report }) {
    const sheet = sheetOf(document)
    const [header = [], ...rows] = sheet?.rows ?? []
    const reportCell = (row: number, column: number, message: string, found: string): void => report('verify/schema', {
      message,
      found,
      ...(sheet && { origin: { document: document.file.name, place: sheet.place(row, column) } }),
    })
    for (const [column, name] of header.entries()) {
      if (!columnKey.test(name)) reportCell(0, column, 'A column name may contain only lower-case letters, digits and underscores', name)
      else if (header.indexOf(name) < column) reportCell(0, column, 'Two columns have the same name', name)
    }
    const wide = rows.findIndex((cells) => cells.length > header.length)
    if (wide >= 0) reportCell(wide + 1, header.length, 'A row has more cells than the header', `${rows[wide]?.length ?? 0} cells`)
    return { rows: rows.length, columns: header.length }
  },
}

function sheetOf(document: DecodedDocument): TableSheet | undefined {
  return document.container === 'csv' ? document.sheets[0] : undefined
}
