/** The types of objects that our STIX bundles may hold word for word: techniques, and what they refer to. */
export const originalTypes: ReadonlySet<unknown> = new Set(['attack-pattern', 'identity', 'marking-definition'])
