import type { AttackHistoryEntry } from '../../attack/attack-index.js'
import { describeRange } from './describe-range.js'
import type { Fact } from './render-facts.js'

/** Releases in a row in which name, status and tactics stay the same. */
export interface HistoryStretch {
  /** "11.3 to 18.1" */
  readonly releases: string
  /** Of the first stretch all facts, of the others those that changed; and when the technique was modified. */
  readonly facts: readonly Fact[]
}

/**
 * What a technique was in each release, oldest first: a stretch for every change. `nameTactic` is given shortnames
 * and the release that the name is to be from.
 */
export function describeHistory(
  history: readonly AttackHistoryEntry[],
  nameTactic: (shortname: string, version: string) => string,
): readonly HistoryStretch[] {
  const stretches: { facts: readonly Fact[]; entries: AttackHistoryEntry[] }[] = []
  for (const entry of history) {
    const facts = describeEntry(entry, nameTactic)
    const current = stretches.at(-1)
    if (current && facts.every(([, text], index) => text === current.facts[index]?.[1])) current.entries.push(entry)
    else stretches.push({ facts, entries: [entry] })
  }
  return stretches.map(({ facts, entries }, number) => {
    const before = stretches[number - 1]?.facts
    const [first, last] = [entries[0], entries.at(-1)]
    const modified = describeRange(first?.technique.modified.slice(0, 10), last?.technique.modified.slice(0, 10))
    return {
      releases: describeRange(first?.version, last?.version),
      facts: [...facts.filter(([, text], index) => text !== before?.[index]?.[1]), ['modified', modified]],
    }
  })
}

function describeEntry(
  { version, technique }: AttackHistoryEntry,
  nameTactic: (shortname: string, version: string) => string,
): readonly Fact[] {
  const { name, status, successor, tactics } = technique
  return [
    ['name', name],
    ['status', successor === undefined ? status : `${status}, replaced by ${successor}`],
    ['tactics', tactics.map((tactic) => nameTactic(tactic, version)).join(', ') || 'none'],
  ]
}
