import type { Adversary, TechniqueUse } from '../attack/bundle/read-adversaries.js'
import { createReportTable, type LegendEntry, type ReportTable } from '../model/report-table.js'
import { cutText } from '../model/text.js'
import { type AgainstCoverage, type AgainstTechnique, isCovered, isOwn } from './cover-against.js'
import { nameTactic } from './matrix.js'

/** A number in words: "Of these, mapped", 52. */
interface AgainstFact {
  readonly label: string
  readonly value: string | number
}

/** The answer in numbers: "Used by APT29 (G0016)", how many of them are mapped, and how many its software adds. */
export function againstFacts(against: readonly AgainstCoverage[]): readonly AgainstFact[] {
  return against.flatMap(({ adversary, techniques }) => {
    const own = techniques.filter(isOwn)
    const others = techniques.filter((one) => !isOwn(one))
    return [
      { label: `Used by ${nameAdversary(adversary)}`, value: own.length },
      { label: 'Of these, mapped', value: countCovered(own) },
      { label: 'Of these, not mapped', value: own.length - countCovered(own) },
      ...(others.length === 0 ? [] : [{ label: 'Used only by its software', value: `${others.length}, ${countCovered(others)} of them mapped` }]),
    ]
  })
}

function countCovered(techniques: readonly AgainstTechnique[]): number {
  return techniques.filter(isCovered).length
}

const words = {
  covered: { word: 'covered', tone: 'strong', meaning: 'used by the adversary, and a capability is mapped to it' },
  open: { word: 'not covered', tone: 'removed', meaning: 'used by the adversary, and no capability is mapped to it' },
  coveredSoftware: { word: 'covered (software)', tone: 'weak', meaning: 'used only by software of the adversary, and a capability is mapped to it' },
  openSoftware: { word: 'not covered (software)', tone: 'changed', meaning: 'used only by software of the adversary, and no capability is mapped to it' },
  absent: { word: 'not in the release', tone: 'same', meaning: 'the ATT&CK release of the mappings does not have it, or has withdrawn it' },
} as const satisfies Readonly<Record<string, LegendEntry>>

/** The word of a technique, with its colour and meaning. */
export function againstWord(one: AgainstTechnique): LegendEntry {
  if (!one.technique) return words.absent
  if (isOwn(one)) return isCovered(one) ? words.covered : words.open
  return isCovered(one) ? words.coveredSoftware : words.openSoftware
}

/** The legend of the words that occur. */
export function againstLegend(against: readonly AgainstCoverage[]): readonly LegendEntry[] {
  const used = new Set(against.flatMap(({ techniques }) => techniques.map(againstWord)))
  return Object.values(words).filter((entry) => used.has(entry))
}

/** A table for each adversary: its techniques, how it uses them, and what covers them. */
export function againstTables(against: readonly AgainstCoverage[]): readonly ReportTable[] {
  return against.map(({ adversary, coverage, techniques }) => {
    const tactics = new Map(coverage.tactics.map((tactic) => [tactic.shortname, nameTactic(tactic)]))
    const mark = ` (${adversary.id})`
    const title = `${cutText(`Against ${adversary.name}`.replaceAll(/[[\]:*?/\\']/g, ' ').trim(), longestTitle - mark.length).trim()}${mark}`
    const about = `Techniques that ${nameAdversary(adversary)} uses, according to ATT&CK, and what is mapped to them.`
    return createReportTable({ name: `against-${adversary.id.toLowerCase()}`, title, about }, techniques, [
      { key: 'against', title: 'Against', kind: 'change', cell: (one) => againstWord(one).word },
      { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ id }) => id },
      { key: 'name', title: 'Name', kind: 'text', cell: ({ technique }) => technique?.name },
      {
        key: 'tactics', title: 'Tactics', kind: 'text', only: 'files',
        cell: ({ technique }) => technique?.tactics.map((one) => tactics.get(one) ?? one).join('; '),
      },
      { key: 'used', title: 'Used', kind: 'text', only: 'files', content: 'By the adversary itself, in its campaigns, or by software that it uses', cell: ({ use }) => listUses(use).join('; ') },
      { key: 'capabilities', title: 'Capabilities', kind: 'text', cell: ({ technique }) => technique?.capabilities.join('; ') },
    ])
  })
}

/** Excel's limit of a sheet name. */
const longestTitle = 31

/** How an adversary uses a technique: "itself", "campaign SolarWinds Compromise (C0024)", "software SUNBURST (S0559)". */
export function listUses({ itself, campaigns, software }: TechniqueUse): readonly string[] {
  return [
    ...(itself ? ['itself'] : []),
    ...(campaigns.length > 0 ? [`campaign ${campaigns.join(', ')}`] : []),
    ...(software.length > 0 ? [`software ${software.join(', ')}`] : []),
  ]
}

/** "APT29 (G0016)" */
export function nameAdversary({ name, id }: Pick<Adversary, 'id' | 'name'>): string {
  return `${name} (${id})`
}
