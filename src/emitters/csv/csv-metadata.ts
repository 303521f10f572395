import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import type { About, Capability, FrameworkRelease, Group, Relation, ResolvedSet, SourceDocument } from '../../model/mapping-set.js'
import type { Completion, Person, RowRelease } from '../../model/mapping.js'
import { readDate } from '../../model/stated.js'
import type { EmitContext } from '../emitter.js'
import { capabilitiesBeyondRows, setsTitle } from '../table/set-facts.js'
import { type TableColumn, tableColumns } from '../table/table-columns.js'
import { mappingIds } from '../table/mapping-ids.js'
import { describePlace } from '../table/table-rows.js'
import type { CsvOptions } from './csv.js'

/** Table description of CSV on the Web ("Metadata Vocabulary for Tabular Data", W3C Recommendation of 2015-12-17, section 5.4). */
export interface CsvMetadata {
  readonly '@context': readonly ['http://www.w3.org/ns/csvw', { readonly '@language': 'en' }]
  readonly 'url': string
  readonly 'dc:title': string
  readonly 'dc:created'?: XsdDate
  readonly 'dc:modified'?: XsdDate
  readonly 'dc:creator'?: string
  readonly 'dc:publisher'?: string
  readonly 'dialect': typeof dialect
  readonly 'tableSchema': { readonly columns: readonly ColumnDescription[]; readonly primaryKey: 'mapping_id' }
  readonly [setsProperty]: readonly SetDescription[]
  readonly [formulasProperty]?: true
}

interface XsdDate {
  readonly '@value': string
  readonly '@type': 'xsd:date'
}

interface ColumnDescription {
  readonly 'name': string
  readonly 'titles': string
  readonly 'dc:description': string
  readonly 'datatype': string | { readonly base: string; readonly format: string }
  readonly 'required'?: true
  readonly 'separator'?: string
}

// Common properties outside the known vocabularies must be absolute URLs (section 5.8.1); their values may be any JSON (5.8.2).
const setsProperty = 'https://attack-crosswalk.example/ns#mappingSets'
const formulasProperty = 'https://attack-crosswalk.example/ns#formulasEscaped'

const dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quoteChar: '"',
  doubleQuote: true,
  header: true,
  lineTerminators: ['\r\n'],
} as const

/** Describes the columns of a CSV file, and the facts about its sets that are in no row. */
export function csvMetadata(sets: readonly ResolvedSet[], url: string, context: EmitContext, options: CsvOptions): CsvMetadata {
  const [only] = sets.length === 1 ? sets : []
  const created = only && calendarDate(only.about.created ?? context.created)
  const modified = only && calendarDate(only.about.modified)
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url,
    'dc:title': setsTitle(sets),
    ...(created !== undefined && { 'dc:created': xsdDate(created) }),
    ...(modified !== undefined && { 'dc:modified': xsdDate(modified) }),
    ...(only?.about.name !== undefined && { 'dc:creator': only.about.name }),
    ...(only?.about.organization !== undefined && { 'dc:publisher': only.about.organization }),
    dialect,
    'tableSchema': { columns: tableColumns.map(describeColumn), primaryKey: 'mapping_id' },
    [setsProperty]: sets.map((set) => describeSet(set, context.attack)),
    ...(!options['csv-raw'] && { [formulasProperty]: true as const }),
  }
}

/** The date if it exists in the calendar: xsd:date allows no others. */
function calendarDate(date: string | undefined): string | undefined {
  return date === undefined ? undefined : readDate(date)
}

function xsdDate(date: string): XsdDate {
  return { '@value': date, '@type': 'xsd:date' }
}

function describeColumn({ name, content, blank, required, datatype, separator }: TableColumn): ColumnDescription {
  return {
    name,
    'titles': name,
    'dc:description': required ? content : `${content} Blank: ${blank}`,
    // Section 6.4.4 of the model: the pattern of dates that CTID's tables use.
    'datatype': datatype === 'date' ? { base: 'date', format: 'MM/dd/yyyy' } : (datatype ?? 'string'),
    ...(required && { required }),
    ...(separator !== undefined && { separator }),
  }
}

/** Facts about a row that have no column in the table. */
interface RowDetails {
  readonly mapping_id: string
  readonly author?: Person
  readonly release?: RowRelease
  /** Fields that were completed from another document, with its name and the place, written as in the columns of these names. */
  readonly completed?: readonly { readonly field: string; readonly source_document: string; readonly source_place: string }[]
}

/** Facts about a set that are in no row. Together with the rows of the table they are the complete model. */
interface SetDescription {
  readonly framework: FrameworkRelease
  readonly attack: ResolvedSet['attack']
  /** The ATT&CK release in which tactics and status were looked up, and how it matches the stated one. */
  readonly looked_up_in: { readonly version: string; readonly match: AttackReleaseView['match'] }
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
  /** Only those with facts that are in no row: without rows, or with a longer description, another name or other groups. */
  readonly capabilities: readonly Capability[]
  readonly sources: readonly SourceDocument[]
  readonly row_details: readonly RowDetails[]
}

/** Describes a set for the metadata of a table. */
function describeSet(set: ResolvedSet, attack: AttackIndex): SetDescription {
  const { version, match } = attack.release(set.attack.domain, set.attack.version)
  return {
    framework: set.framework,
    attack: set.attack,
    looked_up_in: { version, match },
    about: set.about,
    relations: [...set.relations.values()],
    groups: [...set.groups.values()],
    capabilities: capabilitiesBeyondRows(set),
    sources: set.sources,
    row_details: rowDetails(set),
  }
}

function rowDetails(set: ResolvedSet): readonly RowDetails[] {
  const ids = mappingIds(set)
  return set.mappings.flatMap(({ author, release, completed }, index) => {
    const id = ids[index]
    if (id === undefined || (!author && !release && !completed)) return []
    return [
      {
        mapping_id: id,
        ...(author && { author }),
        ...(release && { release }),
        ...(completed && { completed: completed.map(describeCompletion) }),
      },
    ]
  })
}

function describeCompletion({ field, from }: Completion): NonNullable<RowDetails['completed']>[number] {
  return { field, source_document: from.document, source_place: describePlace(from.place) }
}
