import { countNoun } from '../../../diagnostics/counts-in-words.js'
import type { ReportAdversary, ReportData } from '../report-data.js'
import type { CellCounts } from './matrix-cells.js'

/** What the filter of adversaries offers: an adversary's own techniques, or also those of its software. */
export interface AdversaryChoice {
  readonly adversary: ReportAdversary
  readonly name: string
  readonly techniques: ReadonlySet<number>
}

/** The choices of the filter: one for each adversary, and a second one if its software adds techniques. */
export function listAdversaryChoices({ adversaries = [] }: ReportData): readonly AdversaryChoice[] {
  return adversaries.flatMap((adversary) => {
    const { techniques, own } = adversary
    const name = nameAdversary(adversary)
    const alone = { adversary, name, techniques: new Set(techniques.slice(0, own)) }
    if (own === techniques.length) return [alone]
    const whole = new Set(techniques)
    return own === 0 ? [{ ...alone, techniques: whole }] : [alone, { adversary, name: `${name} and its software`, techniques: whole }]
  })
}

/** "APT29 (G0016)" */
export function nameAdversary({ name, id }: Pick<ReportAdversary, 'id' | 'name'>): string {
  return `${name} (${id})`
}

/** A technique of an adversary in the page's words: whether a capability is mapped to it. */
type UsedState = 'covered' | 'not covered' | 'not in the matrix'

/** A technique that an adversary uses. */
export interface UsedTechnique {
  readonly technique: number
  readonly isOwn: boolean
  readonly state: UsedState
  /** How it is used, in words. */
  readonly uses: readonly string[]
}

const order: readonly UsedState[] = ['not covered', 'covered', 'not in the matrix']

/** The techniques of an adversary: its own first; of these, those that are not covered first. */
export function listUsed({ texts }: ReportData, adversary: ReportAdversary, counts: CellCounts, inMatrix: ReadonlySet<number>): readonly UsedTechnique[] {
  const used = adversary.techniques.map((technique, index): UsedTechnique => ({
    technique,
    isOwn: index < adversary.own,
    state: !inMatrix.has(technique) ? 'not in the matrix' : (counts.capabilities[technique] ?? 0) > 0 ? 'covered' : 'not covered',
    uses: adversary.uses[index]?.map((text) => texts[text] ?? '') ?? [],
  }))
  return used.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || order.indexOf(a.state) - order.indexOf(b.state))
}

/** All techniques that have a cell. */
export function techniquesInMatrices({ matrices }: ReportData): ReadonlySet<number> {
  return new Set(matrices.flatMap(({ tactics }) => tactics.flatMap(({ entries }) => entries.flat())))
}

/** The answer in sentences: "ATT&CK says of APT29 that it uses 119 techniques, itself or in its campaigns: 52 are covered, 67 are not." */
export function describeUsed({ name, kind }: ReportAdversary, used: readonly UsedTechnique[]): readonly string[] {
  const own = used.filter(({ isOwn }) => isOwn)
  const others = used.filter(({ isOwn }) => !isOwn)
  const count = (list: readonly UsedTechnique[], state: UsedState): number => list.filter((one) => one.state === state).length
  const answer = (list: readonly UsedTechnique[]): string => {
    const absent = count(list, 'not in the matrix')
    const rest = absent === 0 ? '' : `; ${absent} ${absent === 1 ? 'is' : 'are'} not in the matrix`
    return `${count(list, 'covered')} covered, ${count(list, 'not covered')} not covered${rest}`
  }
  return [
    ...(own.length === 0 ? [] : [`${name} uses ${countNoun(own.length, 'technique')}${kind === 'group' ? ', itself or in its campaigns' : ''}: ${answer(own)}.`]),
    ...(others.length === 0 ? [] : [`Only its software uses ${countNoun(others.length, 'further technique')}: ${answer(others)}.`]),
  ]
}

/** How the adversaries of the report use a technique: "APT29 (G0016): itself; software SUNBURST (S0559)". */
export function describeUsers({ adversaries = [], texts }: ReportData, technique: number): readonly string[] {
  return adversaries.flatMap((adversary) => {
    const index = adversary.techniques.indexOf(technique)
    if (index < 0) return []
    return [`${nameAdversary(adversary)}: ${adversary.uses[index]?.map((text) => texts[text] ?? '').join('; ') ?? ''}`]
  })
}
