import type { Domain, Mapping, Person } from '../../model/mapping.js'

/**
 * What a row of a table says: its mappings, one for each technique that it names, and what belongs to the set that they
 * go to.
 */
export interface TableRow {
  readonly mappings: readonly Mapping[]
  /** As the row writes it; undefined where the table has no such column or the cell is blank. */
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly person?: Person
  /** ISO dates. */
  readonly created?: string
  readonly modified?: string
  readonly mappingVersion?: string
  /** A longer text on the capability, beside its name. */
  readonly text?: string
  /** The id that our tables give the row. */
  readonly id?: string
  readonly row: number
}
