import type { Domain, Person } from '../../model/mapping.js'
import { haveSameEntries } from '../../model/stated.js'

/** What a row states of its mapping set. Most rows of a table state the same, and share it. */
export interface StatedFacts {
  /** As written; undefined if the table has no such column or the cell is blank. */
  readonly framework?: string
  /** The framework that the title of the column or the sheet names, where no cell states one. */
  readonly named?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  readonly person?: Person
  /** ISO dates. */
  readonly created?: string
  readonly modified?: string
  readonly mappingVersion?: string
}

/** Gives the facts of the row before for equal ones. */
export function shareFacts(): (own: StatedFacts) => StatedFacts {
  let last: StatedFacts = {}
  return (own) => {
    if (!haveSameEntries(own, last)) last = own
    return last
  }
}
