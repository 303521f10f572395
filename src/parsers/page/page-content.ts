import type { Framework } from '../../frameworks/framework.js'
import type { CapabilityRef, TechniqueRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import type { PageHeading } from './page-heading.js'
import type { PageRelease } from './page-release.js'
import type { PageTableKind } from './page-table.js'

/** A row as a page prints it, its cells told apart. What is not printed, or printed as "None", is absent. */
export interface PageRow {
  readonly place: Place
  /** From the section's heading, the page's, or the id; undefined where none tells. */
  readonly framework?: Framework
  /** Where the row itself tells it, by its links. */
  readonly frameworkVersion?: string
  readonly capability: CapabilityRef
  readonly technique?: TechniqueRef
  readonly relation?: string
  readonly category?: string
  readonly value?: string
  readonly comments?: string
  readonly references?: readonly string[]
  /** The row stands in a table of capabilities that map to nothing. */
  readonly unmappable?: true
}

/** A line of a page's list of capabilities. Without an id, where that could not be told for certain. */
export interface ListedCapability {
  readonly id?: string
  readonly name?: string
  /** How many rows the list says that it has. */
  readonly rows?: number
}

/** A group of a page's list of groups. */
export interface ListedGroup {
  readonly id: string
  readonly name: string
  /** How many rows the list says that it has. */
  readonly rows?: number
}

/** What a page says, whatever container it came in. */
export interface PageContent {
  readonly heading: PageHeading
  readonly release: PageRelease
  /** The framework of the whole page, where one is told. */
  readonly framework?: Framework
  /** What the page's tables list, table by table. */
  readonly tables: readonly PageTableKind[]
  readonly rows: readonly PageRow[]
  readonly capabilities: readonly ListedCapability[]
  readonly groups: readonly ListedGroup[]
  /** What the page says of rows that it leaves out. */
  readonly notices: readonly (RowsNotice & { readonly place: Place })[]
}

/** A cell's text; undefined where the cell is empty or prints "None", as early pages do for what is not there. */
export function cellText(text: string): string | undefined {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'None' ? undefined : trimmed
}

/** Whether a mapping type says that there is no mapping. */
export function isNonMappable(relation: string | undefined): boolean {
  return relation !== undefined && /^non[-_ ]?mappable$/i.test(relation)
}

/** How many rows a page says that it shows, and how many there are. */
interface RowsNotice {
  /** What leaves rows out: the page itself, or a table that a script has cut into pages. */
  readonly of: 'page' | 'table'
  readonly shown: number
  readonly total: number
}

/** "… we have only downloaded the first 550 of 4,191 mappings." */
const FIRST_ROWS = /\bfirst ([\d,]{1,12}) of ([\d,]{1,12}) mappings\b/

/** "Showing 11 to 20 of 53 rows", "Showing 1 to 3 of 3 rows (filtered from 53 total rows)": below a table, by bootstrap-table. */
const SHOWING = /\bShowing ([\d,]{1,12}) to ([\d,]{1,12}) of ([\d,]{1,12}) rows\b(?: \(filtered from ([\d,]{1,12}) total rows\))?/

/** No line of a notice is longer. */
const LONGEST = 400

/** Reads what a line says of rows that are left out. Undefined where it says nothing of the kind. */
export function readRowsNotice(text: string): RowsNotice | undefined {
  if (text.length > LONGEST) return undefined
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

/** No excerpt of a page in a message is longer. */
const longest = 160

/** A line of a page, cut where it is too long for a message. */
export function shortenExcerpt(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
