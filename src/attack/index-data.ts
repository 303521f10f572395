import type { Domain } from '../model/mapping.js'

/**
 * The index as it is stored. Each line is one thing over all releases: its fields are separated by `|`, and a field is the
 * value in the oldest release that holds the thing, then `;RELEASE=VALUE` for each release from which on another value holds.
 * See docs/decisions/0003-attack-index.md.
 */
export interface AttackIndexData extends Readonly<Record<Domain, AttackDomainData>> {
  /** 1: raised when a line's fields change. */
  readonly format: number
}

/** One domain of the stored index. */
export interface AttackDomainData {
  /** Release numbers, oldest first. */
  readonly releases: readonly string[]
  /** The order of the tactics, as a field: tactic ids separated by commas. */
  readonly matrix: string
  /** id | releases | STIX id | shortname | name | status; sorted by id. */
  readonly tactics: readonly string[]
  /** id | releases | STIX id | name | tactics | status | created | modified; sorted by id. */
  readonly techniques: readonly string[]
}
