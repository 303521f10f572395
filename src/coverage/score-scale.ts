// From weakest to strongest, as CTID writes them.
const scoreValues = ['minimal', 'partial', 'significant'] as const

/** Score categories, in the order in which sheets show them. */
export const scoreCategories = ['protect', 'detect', 'respond'] as const

/** How strong a score value is; what is none of the known values is weaker than all of them. */
export function scoreRank(value: string): number {
  return scoreValues.findIndex((known) => known === value)
}
