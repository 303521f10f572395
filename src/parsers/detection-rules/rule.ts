import type { TreeObject } from '../../formats/decoded.js'
import type { FileReader } from '../reading/file-reader.js'

/** A technique that a rule names, and where. */
export interface RuleTechnique {
  readonly id: string
  readonly name?: string
  readonly pointer: string
}

/** A rule or a test: the capability, and the techniques that it detects or tests. */
export interface Rule {
  readonly pointer: string
  /** Its id; its name if it has no id. Undefined if it has neither. */
  readonly id?: string
  readonly name?: string
  readonly description?: string
  readonly author?: string
  readonly comments?: string
  readonly references?: readonly string[]
  readonly techniques: readonly RuleTechnique[]
}

/** A value of a document, and its place. */
export interface Placed {
  readonly value: TreeObject
  readonly pointer: string
}

/** Where the reports of a rule go, and the value with its place. */
export interface RuleSource extends Placed {
  readonly reader: FileReader
  /** What the documents of a file share, after `action: global` (Sigma). */
  readonly shared?: Placed
}

/** The kinds of rules that are read. */
export type RuleKind = 'sigma' | 'elastic' | 'splunk' | 'sentinel' | 'atomic'
