import type { LegendEntry } from '../../reports/analysis-report.js'
import type { UpgradeClass } from './upgrade-class.js'

/** What the classes are called and mean, for text, workbook and layer; `candidate` is of layers alone. */
export const upgradeLegend: readonly (LegendEntry & { readonly word: UpgradeClass | 'candidate' })[] = [
  { word: 'unchanged', tone: 'same', meaning: 'the technique is as it was' },
  { word: 'renamed', tone: 'weak', meaning: 'ATT&CK gave it another name' },
  { word: 'moved', tone: 'strong', meaning: 'ATT&CK gave it other tactics' },
  { word: 'replaced', tone: 'changed', meaning: 'revoked; its successor stands in its place' },
  { word: 'review', tone: 'attention', meaning: 'a person must decide; the row stays as it is' },
  { word: 'gone', tone: 'removed', meaning: 'no longer in ATT&CK, without a successor; the row stays as it is' },
  { word: 'unknown', tone: 'removed', meaning: 'in no release at hand; the row stays as it is' },
  { word: 'candidate', tone: 'added', meaning: 'new in ATT&CK, in a tactic that the set covers; not mapped' },
]
