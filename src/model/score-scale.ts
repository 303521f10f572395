/** CTID's score values, from weakest to strongest. */
export const scoreValues = ['minimal', 'partial', 'significant'] as const

/** CTID's score categories, in the order in which people read them. */
export const scoreCategories = ['protect', 'detect', 'respond'] as const

/** How strong a score value is; what is none of the known values is weaker than all of them. */
export function scoreRank(value: string): number {
  return scoreValues.findIndex((known) => known === value)
}
