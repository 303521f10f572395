import type { AttackReleaseView, AttackTactic } from '../attack/attack-index.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { Domain, MappedRow } from '../model/mapping.js'
import type { BestScores, CoverageState, Threshold, Unshowable } from './row-state.js'

/** An active technique of ATT&CK, and what a mapping set, or several together, say of it. */
export interface TechniqueCoverage {
  readonly id: string
  readonly name: string
  /** Shortnames, in the order of the matrix. */
  readonly tactics: readonly string[]
  readonly isSubTechnique: boolean
  readonly state: CoverageState
  /** Not mapped itself, while one or more of its sub-techniques are. It stays in its state: a parent isn't covered by them. */
  readonly onlyThroughSubTechniques: boolean
  /** Rows that map a capability to it, whatever their scores. */
  readonly rows: number
  /** Ids of the capabilities of these rows, sorted; of several sets, behind the set's label. */
  readonly capabilities: readonly string[]
  /** The best value of each score category. */
  readonly best: BestScores
}

/** The active techniques of ATT&CK, one by one. */
export interface Coverage {
  readonly domain: Domain
  /** In the order of the matrix; deprecated ones only where an active technique stands in them. */
  readonly tactics: readonly AttackTactic[]
  /** Each once, sorted by id. */
  readonly techniques: readonly TechniqueCoverage[]
}

/** A technique that rows refer to and that can't count, since it is not an active one of the set's release. */
export interface OutsideTechnique {
  readonly id: string
  readonly name?: string
  readonly reason: Unshowable
  readonly rows: number
}

/** What one mapping set covers of the ATT&CK release that it refers to. */
export interface SetCoverage extends Coverage {
  /** Short, and unique among the sets of a run. */
  readonly label: string
  readonly set: ResolvedSet
  readonly release: AttackReleaseView
  readonly threshold?: Threshold
  /** Rows that map a capability to an active technique and count: under a threshold, those that reach it. */
  readonly countedRows: readonly MappedRow[]
  readonly outside: readonly OutsideTechnique[]
}

/** What the sets of one domain cover together: a technique is in the best state that any of them has it in. */
export interface UnionCoverage extends Coverage {
  readonly of: readonly SetCoverage[]
  /** The newest of the sets' releases. */
  readonly release: AttackReleaseView
}
