import type { Framework } from '../../frameworks/framework.js'
import type { CapabilityRef, TechniqueRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import type { PageHeading } from './page-heading.js'
import type { PageTableKind } from './page-columns.js'
import type { PageRelease } from './page-release.js'
import type { RowsNotice } from './rows-notice.js'

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
