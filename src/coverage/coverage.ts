import type { AttackReleaseView, AttackTactic } from '../attack/attack-index.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { Domain, MappedRow } from '../model/mapping.js'
import type { BestScores, CoverageState, NoCellReason, Threshold } from './row-state.js'

/** An active technique of ATT&CK, and how one mapping set, or several together, cover it. */
export interface TechniqueCoverage {
  readonly id: string
  readonly name: string
  /** Shortnames, in matrix order. */
  readonly tactics: readonly string[]
  readonly isSubTechnique: boolean
  readonly state: CoverageState
  /** Not mapped itself, but one or more of its sub-techniques are. Does not change `state`: they do not cover their parent. */
  readonly onlyThroughSubTechniques: boolean
  /** Number of rows that map a capability to it, whatever their scores. */
  readonly rows: number
  /** Capability ids of these rows, sorted; for several sets, each after its set's label ("aws: aws_waf"). */
  readonly capabilities: readonly string[]
  /** The best value of each score category. */
  readonly best: BestScores
}

/** The active techniques of ATT&CK, one by one. */
export interface Coverage {
  readonly domain: Domain
  /** In matrix order; deprecated tactics only if an active technique is in them. */
  readonly tactics: readonly AttackTactic[]
  /** Each once, sorted by id. */
  readonly techniques: readonly TechniqueCoverage[]
}

/** A technique that rows refer to but that is not counted, because it is not active in the set's release. */
export interface OutsideTechnique {
  readonly id: string
  readonly name?: string
  readonly reason: NoCellReason
  readonly rows: number
}

/** Coverage of the ATT&CK release that a mapping set refers to. */
export interface SetCoverage extends Coverage {
  /** A short name, unique among the sets of a run. */
  readonly label: string
  readonly set: ResolvedSet
  readonly release: AttackReleaseView
  readonly threshold?: Threshold
  /** Rows that map a capability to an active technique; with a threshold, those that reach it. */
  readonly countedRows: readonly MappedRow[]
  readonly outside: readonly OutsideTechnique[]
}

/** Coverage by all sets of a domain together: each technique has its best state among the sets. */
export interface UnionCoverage extends Coverage {
  readonly of: readonly SetCoverage[]
  /** The newest of the sets' releases. */
  readonly release: AttackReleaseView
}
