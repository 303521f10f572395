/** A verdict that an auditor may choose, and what signing it says. */
export interface VerdictWord {
  readonly word: string
  readonly meaning: string
}

/** The verdicts that the workbook offers, in the order of its list. Auditors may write others, which are kept. */
export const verdicts: readonly VerdictWord[] = [
  { word: 'agreed', meaning: 'The evidence supports the row as it stands.' },
  { word: 'partly agreed', meaning: 'The capability bears on the technique, but something in the row is not right; the remark says what.' },
  { word: 'disagreed', meaning: 'The evidence does not support the row.' },
  { word: 'unclear', meaning: 'The evidence settles it neither way; the remark says what is missing.' },
]

/** The verdict that a text means, whatever its case and white space; undefined for other words. */
export function readVerdict(text: string): string | undefined {
  const folded = text.toLowerCase().replaceAll(/[\s_-]+/g, ' ').trim()
  return verdicts.find(({ word }) => word === folded)?.word
}
