/** A column of the mapping table. Its texts are written into CSV and workbook. */
export interface TableColumn {
  /** The header in CSV: CTID's name where it has one. */
  readonly name: string
  /** The header in workbooks: the name in words. Readers recognise it as the same column. */
  readonly title: string
  /** Content of a cell. */
  readonly content: string
  /** Meaning of a blank cell. */
  readonly blank: string
  /** Never blank. */
  readonly required?: true
  /** CSV on the Web, section 5.11.1; `string` when absent. */
  readonly datatype?: 'anyURI' | 'date'
  /** Separator of the values of a list in one cell. CSV on the Web, section 5.7. */
  readonly separator?: string
}

const notStated = 'The documents do not state it.'
const noCapability = 'The row is about a technique without a capability.'
const noTechnique = 'The row is about a capability without a technique.'
const noVerdict = 'No auditor has judged the row.'
const noScore = 'The row states no score.'

/**
 * The columns of the mapping table, in order: first the eighteen of mapex's CSV and Excel exports (`columns_order`), with its
 * names, then Crosswalk's own. docs/spreadsheets.md contains the same list.
 */
export const tableColumns = [
  {
    name: 'mapping_framework', title: 'Framework',
    content: 'Id of the framework whose capabilities are mapped.',
    blank: 'Never blank.', required: true,
  },
  { name: 'mapping_framework_version', title: 'Framework version', content: 'Version of the framework, as written.', blank: notStated },
  {
    name: 'capability_group', title: 'Capability group',
    content: 'Name of the capability group; its id where two groups share a name.',
    blank: notStated,
  },
  { name: 'capability_id', title: 'Capability ID', content: 'Id of the capability.', blank: noCapability },
  {
    name: 'capability_description', title: 'Capability description',
    content: 'Name or description of the capability, as the row prints it.',
    blank: `${notStated} Or: ${noCapability}`,
  },
  {
    name: 'mapping_type', title: 'Mapping type',
    content: 'Name of the mapping type; its id where two types share a name.',
    blank: notStated,
  },
  { name: 'attack_object_id', title: 'Technique ID', content: 'Id of the ATT&CK technique or sub-technique.', blank: noTechnique },
  {
    name: 'attack_object_name', title: 'Technique name',
    content: 'Name of the technique, as the row prints it.',
    blank: `${notStated} Or: ${noTechnique}`,
  },
  { name: 'attack_version', title: 'ATT&CK version', content: 'ATT&CK release that the mapping refers to.', blank: notStated },
  {
    name: 'technology_domain', title: 'ATT&CK domain',
    content: 'ATT&CK domain: enterprise, mobile or ics.',
    blank: 'Never blank.', required: true,
  },
  {
    name: 'score_category', title: 'Score category',
    content: 'What the capability does about the technique: protect, detect or respond.',
    blank: noScore,
  },
  { name: 'score_value', title: 'Score value', content: 'How well it does so: minimal, partial or significant.', blank: noScore },
  {
    name: 'related_score', title: 'Related score',
    content: 'Id of the parent technique, on the row of a sub-technique.',
    blank: notStated,
  },
  {
    name: 'references', title: 'References',
    content: 'Addresses or citations, one a line.',
    blank: 'The row gives none.', separator: '\n',
  },
  { name: 'comments', title: 'Comments', content: "The author's reasons; may have several lines.", blank: 'The row gives none.' },
  { name: 'organization', title: 'Organization', content: "The author's organisation.", blank: notStated },
  {
    name: 'creation_date', title: 'Creation date',
    content: 'When the mapping set was made (MM/DD/YYYY).',
    blank: notStated, datatype: 'date',
  },
  {
    name: 'last_update', title: 'Last update',
    content: 'When the mapping set was last changed (MM/DD/YYYY).',
    blank: notStated, datatype: 'date',
  },
  {
    name: 'mapping_id', title: 'Mapping ID',
    content: 'Id of the row, made from what the row says: the same row has the same id in every run.',
    blank: 'Never blank.', required: true,
  },
  {
    name: 'attack_tactics', title: 'ATT&CK tactics',
    content: 'Tactics of the technique in that ATT&CK release.',
    blank: 'ATT&CK does not know the technique, or the row has none.', separator: '; ',
  },
  {
    name: 'attack_url', title: 'ATT&CK URL',
    content: 'The page of the technique at attack.mitre.org.',
    blank: 'The row has no technique, or its id is not of the form that ATT&CK uses.', datatype: 'anyURI',
  },
  {
    name: 'attack_status', title: 'ATT&CK status',
    content: 'The technique in that ATT&CK release: active, deprecated, revoked or unknown; not-in-index if the stated release is newer than the one looked up.',
    blank: noTechnique,
  },
  {
    name: 'source_document', title: 'Source document',
    content: 'Documents in which the row stands, one a line.',
    blank: 'Never blank.', required: true, separator: '\n',
  },
  {
    name: 'source_place', title: 'Source place',
    content: 'Where in each of these documents: line, JSON pointer or cell, one a line.',
    blank: 'Never blank.', required: true, separator: '\n',
  },
  {
    name: 'status', title: 'Status',
    content: "State of the author's work on the row: complete, in_progress or non_mappable.",
    blank: notStated,
  },
  {
    name: 'auditor_verdict', title: 'Auditor verdict',
    content: "The auditor's verdict on the row: agreed, partly agreed, disagreed, unclear, or a word of the auditor's own.",
    blank: noVerdict,
  },
  {
    name: 'auditor_initials', title: 'Auditor initials',
    content: 'The initials of whoever answers for the verdict.',
    blank: 'Nobody has signed the row.',
  },
  { name: 'auditor_remark', title: 'Auditor remark', content: "The auditor's remark; may have several lines.", blank: 'There is none.' },
] as const satisfies readonly TableColumn[]

export type ColumnName = (typeof tableColumns)[number]['name']

/** The names of the columns, in order. */
export const columnNames: readonly ColumnName[] = tableColumns.map(({ name }) => name)

/** A row of the mapping table. A cell that is absent or undefined is blank; no cell is the empty string. */
export type TableRow = { readonly [Name in ColumnName]?: string | undefined }

/**
 * The cells of a row, in the order of the columns; a blank one is `blank`. Written out, since V8 takes ten times as long to read properties by names
 * from a list.
 */
export function cellsOf(row: TableRow): readonly (string | undefined)[]
export function cellsOf<Blank>(row: TableRow, blank: Blank): readonly (string | Blank)[]
export function cellsOf<Blank>(row: TableRow, blank?: Blank): readonly (string | Blank | undefined)[] {
  return [
    row.mapping_framework ?? blank, row.mapping_framework_version ?? blank, row.capability_group ?? blank, row.capability_id ?? blank,
    row.capability_description ?? blank, row.mapping_type ?? blank, row.attack_object_id ?? blank, row.attack_object_name ?? blank,
    row.attack_version ?? blank, row.technology_domain ?? blank, row.score_category ?? blank, row.score_value ?? blank, row.related_score ?? blank,
    row.references ?? blank, row.comments ?? blank, row.organization ?? blank, row.creation_date ?? blank, row.last_update ?? blank,
    row.mapping_id ?? blank, row.attack_tactics ?? blank, row.attack_url ?? blank, row.attack_status ?? blank, row.source_document ?? blank,
    row.source_place ?? blank, row.status ?? blank, row.auditor_verdict ?? blank, row.auditor_initials ?? blank, row.auditor_remark ?? blank,
  ]
}
