/** Longer than any mapping type; texts may be hostile. */
const longestType = 100

/**
 * A mapping type as a relationship's type: mapex writes `_` as `-`. STIX allows lower-case letters, digits and hyphens alone
 * (2.1, section 5.1). `related-to` where a row states none.
 */
export function mapexRelationshipType(relation: string | undefined): string {
  const words = (relation ?? '').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '')
  const type = words.join('-').slice(0, longestType).replace(/-$/, '')
  return type === '' ? 'related-to' : type
}
