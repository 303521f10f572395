import type { ResolvedSet } from '../model/mapping-set.js'
import type { LabelledSet } from './cover-set.js'

/** A set and the folder that tells it from others of the same name: "" where there is none. */
interface PlacedSet {
  readonly folder: string
  readonly set: ResolvedSet
}

const longestLabel = 60

/**
 * Calls each set by as little as tells it from the others: its framework's id, then versions, folder, and a number at last.
 * Labels become titles of columns: Excel takes those that differ in case alone for the same, and no control characters.
 */
export function labelSets(placed: readonly PlacedSet[]): readonly LabelledSet[] {
  const candidates = placed.map(({ folder, set: { framework, attack } }) => {
    const version = `${framework.id} ${framework.version ?? ''}`
    const release = `${version} ${attack.domain} ${attack.version ?? ''}`
    return [framework.id, version, release, `${release} ${folder}`].map(cleanLabel)
  })
  const uses = steps.map((step) => countUses(candidates.map((names) => names[step] ?? '')))
  const labels = candidates.map((names) =>
    names.find((name, step) => uses[step]?.get(name.toLowerCase()) === 1) ?? names[0] ?? '')
  const isClear = countUses(labels).size === labels.length
  return placed.map(({ set }, index) => ({ set, label: `${labels[index] ?? ''}${isClear ? '' : ` (${index + 1})`}` }))
}

const steps = [0, 1, 2, 3] as const

function countUses(names: readonly string[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const name of names) uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1)
  return uses
}

/** No parentheses: what is said of several sets has them. */
function cleanLabel(text: string): string {
  return Array.from(text.replaceAll(/[^\p{L}\p{N}.,:/_-]+/gu, ' ').trim()).slice(0, longestLabel).join('') || 'unnamed'
}
