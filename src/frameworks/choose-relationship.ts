import { foldName } from '../model/compare-text.js'
import type { MappedRow } from '../model/mapping.js'
import type { RelationshipRule, StixShape } from './framework.js'

/** The first relationship rule of a framework that a row satisfies; `related-to`, the most general type, if none does. */
export function chooseRelationship(shape: StixShape, row: MappedRow): RelationshipRule {
  return shape.relationships.find((rule) => accepts(rule.relations, row.relation) && accepts(rule.categories, row.score?.category))
    ?? { type: 'related-to' }
}

function accepts(accepted: readonly string[] | undefined, value: string | undefined): boolean {
  if (accepted === undefined) return true
  return value !== undefined && accepted.some((one) => foldName(one) === foldName(value))
}
