import type { Domain, MappingStatus } from './mapping.js'

/** All domains, in ATT&CK's order, which also breaks ties between domains. */
export const attackDomains = ['enterprise', 'mobile', 'ics'] as const satisfies readonly Domain[]

/** Reads an ATT&CK domain, also as layers and the Mappings Editor write it: "enterprise-attack", "mitre_attack_enterprise". */
export function readDomain(text: string): Domain | undefined {
  const name = text.toLowerCase().replace(/^mitre[ _-]attack[ _-]/, '').replace(/[ _-]attack$/, '')
  return attackDomains.find((domain) => domain === name)
}

/** Every mapping status, as CTID's files write them. */
export const mappingStatuses = ['complete', 'in_progress', 'non_mappable'] as const satisfies readonly MappingStatus[]

/** The status that a text names, whatever its case, with spaces or hyphens for underscores; undefined for other words. */
export function readStatus(text: string): MappingStatus | undefined {
  const name = text.toLowerCase().replaceAll(/[ -]/g, '_')
  return mappingStatuses.find((status) => status === name)
}

/** Whether a mapping type states that a capability maps to no technique. */
export function isNonMappable(relation: string | undefined): boolean {
  return relation !== undefined && /^non[-_ ]?mappable$/i.test(relation)
}

/** CTID's score values, from weakest to strongest. */
export const scoreValues = ['minimal', 'partial', 'significant'] as const

/** CTID's score categories, in their usual order. */
export const scoreCategories = ['protect', 'detect', 'respond'] as const

/** The rank of a score value, from 0; -1 for unknown values. */
export function scoreRank(value: string): number {
  return scoreValues.findIndex((known) => known === value)
}

/** A verdict that an auditor may choose, and its meaning. */
interface VerdictWord {
  readonly word: string
  readonly meaning: string
}

/** The verdicts in the workbook's list, in its order. Auditors may write others, which are kept. */
export const verdicts: readonly VerdictWord[] = [
  { word: 'agreed', meaning: 'The evidence supports the row as it is.' },
  { word: 'partly agreed', meaning: 'The capability bears on the technique, but something in the row is not right; the remark says what.' },
  { word: 'disagreed', meaning: 'The evidence does not support the row.' },
  { word: 'unclear', meaning: 'The evidence settles it neither way; the remark says what is missing.' },
]

/** Reads a verdict, ignoring case, white space, hyphens and underscores; undefined for other words. */
export function readVerdict(text: string): string | undefined {
  const folded = text.toLowerCase().replaceAll(/[\s_-]+/g, ' ').trim()
  return verdicts.find(({ word }) => word === folded)?.word
}
