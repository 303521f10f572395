import { tableColumns } from '../../src/emitters/table/table-columns.js'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bundle } from '../../src/emitters/stix/stix-object.js'
import { readCsv } from '../support/read-csv.js'
import { readStixExtension } from '../support/read-stix-extension.js'
import { readWorkbook } from '../support/read-workbook.js'

/** What a page prints of a row. '' where it prints nothing. */
export interface PrintedRow {
  readonly capability: string
  readonly description: string
  readonly relation: string
  readonly technique: string
  readonly name: string
  readonly comments: string
}

const columns = {
  capability: 'capability_id',
  description: 'capability_description',
  relation: 'mapping_type',
  technique: 'attack_object_id',
  name: 'attack_object_name',
  comments: 'comments',
} as const satisfies Record<keyof PrintedRow, string>

/** The rows of a CSV file of ours, read by the letter of RFC 4180. */
export async function readCsvRows(folder: string, name: string): Promise<readonly PrintedRow[]> {
  return readTable(readCsv(await readFile(join(folder, `${name}.csv`), 'utf8')))
}

/** The rows of a workbook's sheet of mappings, read by the package `xlsx`. */
export async function readWorkbookRows(folder: string, name: string): Promise<readonly PrintedRow[]> {
  const sheet = readWorkbook(await readFile(join(folder, `${name}.xlsx`))).get('Mappings') ?? []
  const names = new Map<string, string>(tableColumns.map((column) => [column.title, column.name]))
  const [titles = [], ...rows] = sheet.map((row) => row.map(({ value }) => String(value ?? '')))
  return readTable([titles.map((title) => names.get(title) ?? title), ...rows])
}

/** The rows that a bundle carries in its extension, in the order of the documents. */
export async function readBundleRows(folder: string, name: string): Promise<readonly PrintedRow[]> {
  const bundle: Bundle = JSON.parse(await readFile(join(folder, `${name}.stix.json`), 'utf8'))
  return readStixExtension(bundle).flatMap(({ mappings }) => mappings.map((row) => ({
    capability: 'capability' in row ? row.capability.id : '',
    description: 'capability' in row ? row.capability.description ?? '' : '',
    relation: row.relation ?? '',
    technique: 'technique' in row ? row.technique.id : '',
    name: 'technique' in row ? row.technique.name ?? '' : '',
    comments: row.comments ?? '',
  })))
}

/** The texts that a person sees of a bundle's relationships: what maps to what, and why. */
export async function readRelationshipTexts(folder: string, name: string): Promise<readonly string[]> {
  const { objects }: Bundle = JSON.parse(await readFile(join(folder, `${name}.stix.json`), 'utf8'))
  const named = new Map(objects.map((object) => [object.id, JSON.stringify(object)]))
  return objects.flatMap((object) => object.type === 'relationship'
    ? [[object.description ?? '', named.get(object.source_ref), named.get(object.target_ref)].join('\n')]
    : [])
}

interface Layer {
  readonly techniques: readonly { readonly techniqueID: string, readonly comment?: string, readonly metadata?: unknown }[]
}

/** What a layer says of each technique: its comment, then its metadata. */
export async function readCells(folder: string, name: string): Promise<ReadonlyMap<string, string>> {
  const { techniques }: Layer = JSON.parse(await readFile(join(folder, `${name}.layer.json`), 'utf8'))
  return new Map(techniques.map(({ techniqueID, comment = '', metadata = [] }) =>
    [techniqueID, `${comment}\n${JSON.stringify(metadata)}`]))
}

function readTable([header = [], ...records]: readonly (readonly string[])[]): readonly PrintedRow[] {
  const cell = (record: readonly string[], column: keyof PrintedRow): string => record[header.indexOf(columns[column])] ?? ''
  return records.map((record) => ({
    capability: cell(record, 'capability'),
    description: cell(record, 'description'),
    relation: cell(record, 'relation'),
    technique: cell(record, 'technique'),
    name: cell(record, 'name'),
    comments: cell(record, 'comments'),
  }))
}
