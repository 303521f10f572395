import type { AttackIndex } from '../attack/attack-index.js'
import { type Adversary, findAdversary, type TechniqueUse } from '../attack/bundle/read-adversaries.js'
import type { OriginalObjects } from '../attack/bundle/read-bundle.js'
import { compareIds } from '../model/text.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from './coverage.js'
import { type CoverageScopes, coverDomains } from './unite-coverage.js'

/** Adversaries to hold coverage against, and the bundle that they are from. */
export interface Against {
  readonly adversaries: readonly Adversary[]
  readonly release: Pick<OriginalObjects, 'domain' | 'version'>
}

/** Why adversaries cannot be chosen, in a sentence without a full stop; `known`: what `word` may have been meant for. */
export interface AgainstProblem {
  readonly problem: string
  readonly word?: string
  readonly known?: readonly string[]
}

/** Where MITRE's bundles are. */
export const bundleAddress = 'https://github.com/mitre-attack/attack-stix-data'

/** Chooses adversaries by id, name or alias from the bundle of a run. */
export function chooseAgainst({ originals }: Pick<AttackIndex, 'originals'>, wanted: readonly string[]): Against | AgainstProblem {
  if (!originals) {
    return {
      problem: 'groups, campaigns and software are only in an ATT&CK bundle, and this run has none. Download enterprise-attack.json from '
        + `${bundleAddress} and name it with --attack`,
    }
  }
  const all = originals.adversaries()
  const adversaries: Adversary[] = []
  for (const word of wanted) {
    const found = findAdversary(all, word)
    if (!found) return { problem: `the ATT&CK bundle has no group, campaign or software "${word.slice(0, 100)}"`, word, known: all.flatMap(({ id, name, aliases }) => [id, name, ...aliases]) }
    if (!adversaries.includes(found)) adversaries.push(found)
  }
  return { adversaries, release: originals }
}

/** A technique that an adversary uses, and how the sets cover it. */
export interface AgainstTechnique {
  readonly id: string
  readonly use: TechniqueUse
  /** Undefined if the release of the sets does not have it, or has withdrawn it. */
  readonly technique: TechniqueCoverage | undefined
}

/** What of an adversary's techniques is covered, by the sets of its domain together. */
export interface AgainstCoverage {
  readonly adversary: Adversary
  readonly coverage: SetCoverage | UnionCoverage
  /** The adversary's own first; of these, those that are not covered first; then by id. */
  readonly techniques: readonly AgainstTechnique[]
}

/** The coverage of adversaries' techniques by the sets of the bundle's domain; none if no set is of that domain. */
export function coverAgainst(scopes: CoverageScopes, { adversaries, release }: Against): readonly AgainstCoverage[] {
  const coverage = coverDomains(scopes).find(({ domain }) => domain === release.domain)
  if (!coverage) return []
  const known = new Map(coverage.techniques.map((technique) => [technique.id, technique]))
  return adversaries.map((adversary) => ({
    adversary, coverage,
    techniques: Array.from(adversary.techniques, ([id, use]): AgainstTechnique => ({ id, use, technique: known.get(id) })).toSorted(compare),
  }))
}

function compare(a: AgainstTechnique, b: AgainstTechnique): number {
  return Number(!isOwn(a)) - Number(!isOwn(b)) || Number(isCovered(a)) - Number(isCovered(b)) || compareIds(a.id, b.id)
}

/** Whether the adversary uses it itself or in a campaign, not only software that it has. */
export function isOwn({ use }: Pick<AgainstTechnique, 'use'>): boolean {
  return use.itself || use.campaigns.length > 0
}

/** Whether a capability is mapped to it. */
export function isCovered({ technique }: AgainstTechnique): boolean {
  return technique?.state === 'mapped'
}
