import type { Domain } from './mapping.js'

/** Every domain, in the order in which ATT&CK lists them; ties between domains are settled by it. */
export const attackDomains = ['enterprise', 'mobile', 'ics'] as const satisfies readonly Domain[]

const domains: readonly Domain[] = ['enterprise', 'mobile', 'ics']

/** An ATT&CK domain from its name, also as layers and the Mappings Editor write it: "enterprise-attack", "mitre_attack_enterprise". */
export function readDomain(text: string): Domain | undefined {
  const name = text.toLowerCase().replace(/^mitre[ _-]attack[ _-]/, '').replace(/[ _-]attack$/, '')
  return domains.find((domain) => domain === name)
}

/** CTID's score values, from weakest to strongest. */
export const scoreValues = ['minimal', 'partial', 'significant'] as const

/** CTID's score categories, in the order in which people read them. */
export const scoreCategories = ['protect', 'detect', 'respond'] as const

/** How strong a score value is; what is none of the known values is weaker than all of them. */
export function scoreRank(value: string): number {
  return scoreValues.findIndex((known) => known === value)
}

/** A verdict that an auditor may choose, and what signing it says. */
interface VerdictWord {
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
