import type { Relation, SourceDocument } from '../../model/mapping-set.js'
import type { PageNote } from '../table/page-note.js'
import type { SetCounts } from '../table/set-counts.js'
import type { TableRow } from '../table/table-columns.js'
import type { TechniqueFacts } from '../table/technique-facts.js'

/** A technique that is mapped, and how well. */
export interface PageTechnique {
  readonly id: string
  readonly name?: string
  /** Its page at attack.mitre.org: the only address that becomes a link. */
  readonly url?: string
  readonly tactics: readonly string[]
  readonly status: TechniqueFacts['status']
  readonly capabilities: readonly string[]
  readonly rows: number
  /** "protect: partial", for each category. */
  readonly best: readonly string[]
}

/** A capability that is mapped, and how well. */
export interface PageCapability {
  readonly id: string
  readonly name?: string
  readonly groups: readonly string[]
  readonly techniques: readonly string[]
  readonly rows: number
  readonly best: readonly string[]
}

/** A capability or technique without a mapping. */
export interface PageUnmapped {
  readonly kind: 'capability' | 'technique'
  readonly id: string
  readonly name?: string
  readonly url?: string
  readonly remark: string
  /** Why, where a row says so. */
  readonly comments: readonly string[]
}

/** What the page says of one mapping set. */
export interface PageSet {
  readonly title: string
  readonly about: readonly { readonly label: string; readonly value: string }[]
  readonly counts: SetCounts
  readonly sources: readonly SourceDocument[]
  readonly relations: readonly (Relation & { readonly rows: number })[]
  readonly techniques: readonly PageTechnique[]
  readonly capabilities: readonly PageCapability[]
  readonly unmapped: readonly PageUnmapped[]
  /** The rows of the mapping table, as in the CSV file; absent where they were not asked for. */
  readonly rows?: readonly TableRow[]
}

/** The page before it is rendered: what schemas/markdown-summary.schema.json judges. */
export interface MarkdownPage {
  readonly title: string
  /** Of all sets together. */
  readonly counts: SetCounts
  readonly sets: readonly PageSet[]
  readonly notes: readonly PageNote[]
}
