import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'
import type { CapabilityRef, TechniqueRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { cutText } from '../../model/text.js'
import type { PageHeading, PageRelease } from './page-release.js'

/** A row of a page, split into cells. Cells that are empty or print "None" are absent. */
export interface PageRow {
  readonly place: Place
  /** From the row's link, the section heading, the page heading or the capability id; undefined if none of them determines it. */
  readonly framework?: Framework
  /** From the row's own link. */
  readonly frameworkVersion?: string
  readonly capability: CapabilityRef
  readonly technique?: TechniqueRef
  readonly relation?: string
  readonly category?: string
  readonly value?: string
  readonly comments?: string
  readonly references?: readonly string[]
  /** The row is in a table of capabilities that map to no technique. */
  readonly unmappable?: true
}

/** An entry of a page's list of capabilities. `id` is absent if it could not be determined reliably. */
export interface ListedCapability {
  readonly id?: string
  readonly name?: string
  /** Number of mappings according to the list. */
  readonly rows?: number
}

/** An entry of a page's list of groups. */
export interface ListedGroup {
  readonly id: string
  readonly name: string
  /** Number of mappings according to the list. */
  readonly rows?: number
}

/** Content of a page, the same for every container (text, HTML). */
export interface PageContent {
  readonly heading: PageHeading
  readonly release: PageRelease
  /** Framework of the whole page, if its heading names one. */
  readonly framework?: Framework
  /** Kind of each table, in page order. */
  readonly tables: readonly PageTableKind[]
  readonly rows: readonly PageRow[]
  readonly capabilities: readonly ListedCapability[]
  readonly groups: readonly ListedGroup[]
  /** Notices that rows are omitted. */
  readonly notices: readonly (RowsNotice & { readonly place: Place })[]
}

/** Text of a cell; undefined if it is empty or "None", which early pages print for an absent value. */
export function cellText(text: string): string | undefined {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'None' ? undefined : trimmed
}

/** Whether a cell or word is a technique id. Some rows print a full stop after the id; it is kept as printed. */
export function isTechniqueId(text: string): boolean {
  return /^T\d{4}(?:\.\d{3})?\.?$/.test(text)
}

/** Number in a count cell ("1,234" is 1234); undefined for other text. */
export function readCount(text: string): number | undefined {
  return /^\d[\d,]{0,11}$/.test(text) ? readNumber(text) : undefined
}

/** A notice that only some of the rows are shown. */
interface RowsNotice {
  /** Source of the omission: the page itself, or a table that a script has split into pages. */
  readonly of: 'page' | 'table'
  readonly shown: number
  readonly total: number
}

/** "… we have only downloaded the first 550 of 4,191 mappings." */
const FIRST_ROWS = /\bfirst ([\d,]{1,12}) of ([\d,]{1,12}) mappings\b/

/** "Showing 11 to 20 of 53 rows", "Showing 1 to 3 of 3 rows (filtered from 53 total rows)": below a table, by bootstrap-table. */
const SHOWING = /\bShowing ([\d,]{1,12}) to ([\d,]{1,12}) of ([\d,]{1,12}) rows\b(?: \(filtered from ([\d,]{1,12}) total rows\))?/

/** Maximum length of a notice, in characters. */
const LONGEST_NOTICE = 400

/** Reads a notice of omitted rows from a line; undefined for other lines. */
export function readRowsNotice(text: string): RowsNotice | undefined {
  if (text.length > LONGEST_NOTICE) return undefined
  const first = FIRST_ROWS.exec(text)
  if (first) return notice('page', readNumber(first[1]), readNumber(first[2]))
  const showing = SHOWING.exec(text)
  if (!showing) return undefined
  const [, from, to, of, all] = showing
  return notice('table', readNumber(to) - readNumber(from) + 1, readNumber(all ?? of))
}

function notice(of: RowsNotice['of'], shown: number, total: number): RowsNotice | undefined {
  return shown >= 0 && total > shown ? { of, shown, total } : undefined
}

function readNumber(digits = ''): number {
  return Number(digits.replaceAll(',', ''))
}

/** Maximum length of an excerpt in a message, in characters. */
const LONGEST_EXCERPT = 160

/** Shortens a line of a document for a message. */
export function shortenExcerpt(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${cutText(text, LONGEST_EXCERPT - 1)}…` : text
}

/** A column of Mappings Explorer tables. */
export type PageColumn =
  | 'capability-id' | 'capability-description' | 'capability-name'
  | 'relation' | 'category' | 'value'
  | 'technique-id' | 'technique-name' | 'notes'
  | 'group-id' | 'group-name' | 'listed-technique-id' | 'listed-technique-name'
  | 'number-of-mappings' | 'number-of-capabilities' | 'number-of-subtechniques'

/** Content of a table. `unmappable`: capabilities that map to no technique; the last three kinds contain no mappings. */
export type PageTableKind = 'mappings' | 'unmappable' | 'capabilities' | 'groups' | 'techniques'

/** Column labels as printed. Intel vPro pages label the mapping type "Enables". */
export const columnLabels: readonly (readonly [label: string, column: PageColumn])[] = [
  ['Capability ID', 'capability-id'],
  ['Capability Description', 'capability-description'],
  ['Capability Name', 'capability-name'],
  ['Capability Group Name', 'group-name'],
  ['Mapping Type', 'relation'],
  ['Enables', 'relation'],
  ['Category', 'category'],
  ['Value', 'value'],
  ['ATT&CK ID', 'technique-id'],
  ['ATT&CK Name', 'technique-name'],
  ['Notes', 'notes'],
  ['ID', 'group-id'],
  ['Technique ID', 'listed-technique-id'],
  ['Technique Name', 'listed-technique-name'],
  ['Number of Mappings', 'number-of-mappings'],
  ['Number of Capabilities', 'number-of-capabilities'],
  ['Number of Subtechniques', 'number-of-subtechniques'],
]

/** Detects a table's kind by its columns and its section's title; undefined if it is not a Mappings Explorer table. */
export function detectPageTable(columns: readonly PageColumn[], title = ''): PageTableKind | undefined {
  const has = (column: PageColumn): boolean => columns.includes(column)
  if (has('capability-id')) {
    if (has('technique-id')) return 'mappings'
    if (has('capability-description') && title.toLowerCase().startsWith('non-mappable')) return 'unmappable'
    return 'capabilities'
  }
  if (has('group-id') && has('group-name')) return 'groups'
  if (has('listed-technique-id')) return 'techniques'
  return undefined
}

/** Reads all tables of one kind, in page order. */
export function readTables<Table extends { readonly kind: PageTableKind }, Item>(
  tables: readonly Table[], kind: PageTableKind, read: (table: Table) => readonly Item[],
): readonly Item[] {
  return tables.filter((table) => table.kind === kind).flatMap((table) => read(table))
}

/** A section heading above a table. `framework` is absent if the section covers all frameworks, or the page's own. */
export interface PageSection {
  /** As printed. */
  readonly title: string
  readonly framework?: Framework
}

/** Section headings that name no framework, in lower case. */
const GENERAL = new Set([
  'mappings', 'all mappings', 'att&ck technique mappings', 'capabilities', 'capability groups', 'non-mappable capabilities',
  'att&ck subtechniques', 'att&ck techniques',
])

/** Maximum length of a section heading, in characters; longer lines that end in "Mappings" are prose. */
const LONGEST = 80

/** Reads a section heading: "VERIS Mappings", "All Mappings", "Capabilities"; undefined for other lines. */
export function readPageSection(text: string): PageSection | undefined {
  if (GENERAL.has(text.toLowerCase())) return { title: text }
  if (text.length > LONGEST || !text.endsWith(' Mappings')) return undefined
  return { title: text, framework: describeFramework(text.slice(0, -' Mappings'.length)) }
}
