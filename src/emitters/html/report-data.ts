import type { Adversary } from '../../attack/bundle/read-adversaries.js'
import type { SourceDocument } from '../../model/mapping-set.js'
import type { Domain } from '../../model/mapping.js'
import type { PageNote } from '../table/describe-notes.js'
import type { SetCounts } from '../table/set-facts.js'

/** A labelled value. */
export interface ReportFact {
  readonly label: string
  readonly value: string
}

/** A mapping type or a group, and how many rows have it. */
export interface ReportTerm {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly rows: number
}

/** A technique without a cell in the matrix of a set's ATT&CK release. `technique` is an index into `techniques`. */
export interface ReportOutside {
  readonly technique: number
  readonly reason: 'unknown' | 'revoked' | 'deprecated' | 'not-in-index'
  readonly rows: number
}

/** A mapping set. */
export interface ReportSet {
  /** Unique in the report. */
  readonly title: string
  readonly facts: readonly ReportFact[]
  readonly counts: SetCounts
  readonly sources: readonly SourceDocument[]
  readonly relations: readonly ReportTerm[]
  readonly groups: readonly ReportTerm[]
  readonly outside: readonly ReportOutside[]
  /** How many active techniques and sub-techniques its own ATT&CK release has. */
  readonly ofAttack: { readonly techniques: number; readonly subTechniques: number }
  /** The index of the matrix of its domain. */
  readonly matrix: number
  /** Techniques of that matrix that its own release does not have as active; absent if there are none. */
  readonly absent?: readonly number[]
}

/** A technique in a column: the index of the technique, then those of its sub-techniques. */
export type ReportEntry = readonly [technique: number, ...subTechniques: number[]]

/** A column of a matrix. */
export interface ReportTactic {
  readonly name: string
  readonly entries: readonly ReportEntry[]
}

/** The matrix of one ATT&CK domain, for all sets of that domain. */
export interface ReportMatrix {
  readonly title: string
  readonly domain: Domain
  /** The newest ATT&CK version of its sets: "16.1". */
  readonly version: string
  readonly tactics: readonly ReportTactic[]
}

/** A technique of a matrix or a row. */
export interface ReportTechnique {
  readonly id: string
  readonly name?: string
  /** Its page at attack.mitre.org. */
  readonly url?: string
  /** Indices into `platforms`. */
  readonly platforms?: readonly number[]
}

/** A capability of one set. `set` is an index into `sets`; groups are labels. */
export interface ReportCapability {
  readonly set: number
  readonly id: string
  readonly name?: string
  readonly description?: string
  readonly groups?: readonly string[]
  /** Why it is not mapped; absent if it maps to a technique. */
  readonly remark?: 'listed without rows' | 'declared unmappable' | 'not mapped yet'
}

/**
 * The rows, stored by column, so that 5,000 rows make a small file. All columns have the same length. Numbers are indices into the list
 * that the column is named after, or into `texts`; -1 is no value. Columns without any value are absent.
 */
export interface ReportRows {
  /** Into `sets`. */
  readonly set: readonly number[]
  readonly capability: readonly number[]
  readonly technique: readonly number[]
  readonly relation?: readonly number[]
  readonly group?: readonly number[]
  readonly category?: readonly number[]
  readonly value?: readonly number[]
  readonly status?: readonly number[]
  readonly comments?: readonly number[]
  readonly references?: readonly (readonly number[])[]
  /** The places of the row: each the index of a document's name in `texts`, and the place there in words. */
  readonly origins: readonly (readonly (readonly [document: number, place: string])[])[]
}

/** Facts of a row that have no column. `row` is its index in the columns. */
export interface ReportRemark {
  readonly row: number
  readonly facts: readonly ReportFact[]
}

/** A group, a campaign or software, and the techniques that it uses. */
export interface ReportAdversary {
  /** "G0016" */
  readonly id: string
  readonly name: string
  readonly kind: Adversary['kind']
  readonly aliases: readonly string[]
  /** The release of the bundle that says so: "Enterprise ATT&CK 18.1". */
  readonly from: string
  /** Indices into `techniques`. The first `own` are used by the adversary itself or in its campaigns, the others only by its software. */
  readonly techniques: readonly number[]
  readonly own: number
  /** For each technique how it is used: indices into `texts`. */
  readonly uses: readonly (readonly number[])[]
}

/** The data of the report, also embedded in it as JSON for its script. Schema: schemas/html-report.schema.json. */
export interface ReportData {
  readonly title: string
  readonly madeBy: string
  readonly counts: SetCounts
  readonly sets: readonly ReportSet[]
  readonly matrices: readonly ReportMatrix[]
  readonly techniques: readonly ReportTechnique[]
  readonly capabilities: readonly ReportCapability[]
  /** The texts of rows, each once. */
  readonly texts: readonly string[]
  readonly rows: ReportRows
  readonly remarks: readonly ReportRemark[]
  readonly notes: readonly PageNote[]
  /** The platforms of the techniques, in the order in which these name them. */
  readonly platforms: readonly string[]
  /** The report is of a comparison: the matrix first shows how the first two sets compare. */
  readonly compares?: true
  /** What `--against` names. */
  readonly adversaries?: readonly ReportAdversary[]
}
