import type { SetCoverage } from '../../coverage/coverage.js'
import { compareText } from '../../model/text.js'
import { scoreCategories, scoreRank } from '../../model/vocabulary.js'

/** The mappings with a score, regardless of the threshold. */
export interface ScoreCoverage {
  /** Category and value are absent for rows without a score. */
  readonly category?: string
  readonly value?: string
  readonly rows: number
  /** Active techniques with such a row, each once. */
  readonly techniques: number
  /** Of these, those for which it is the best value in its category; these add up to the techniques of the category. */
  readonly best: number
}

interface Tally {
  readonly category?: string
  readonly value?: string
  readonly techniques: Set<string>
  rows: number
}

/** Counts the scores of rows that map to active techniques: by category in the usual order, strongest values first. */
export function countScores({ set, techniques }: SetCoverage): readonly ScoreCoverage[] {
  const active = new Map(techniques.map((technique) => [technique.id, technique]))
  const tallies = new Map<string, Tally>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped' || row.status === 'non_mappable' || !active.has(row.technique.id)) continue
    const { category, value } = row.score ?? {}
    const key = JSON.stringify([category ?? null, value ?? null])
    const tally = tallies.get(key) ?? {
      techniques: new Set<string>(), rows: 0, ...(category !== undefined && { category }), ...(value !== undefined && { value }),
    }
    tallies.set(key, tally)
    tally.rows += 1
    tally.techniques.add(row.technique.id)
  }
  return Array.from(tallies.values(), ({ techniques: found, rows, ...score }): ScoreCoverage => {
    const { category, value } = score
    const best = [...found].filter((id) => category === undefined || active.get(id)?.best.get(category) === value)
    return { ...score, rows, techniques: found.size, best: best.length }
  }).toSorted(compareScores)
}

function compareScores(a: ScoreCoverage, b: ScoreCoverage): number {
  return categoryRank(a) - categoryRank(b)
    || compareText(a.category ?? '', b.category ?? '')
    || scoreRank(b.value ?? '') - scoreRank(a.value ?? '')
    || compareText(a.value ?? '', b.value ?? '')
}

/** Known categories first, then others; scores without a category last. */
function categoryRank({ category }: ScoreCoverage): number {
  if (category === undefined) return scoreCategories.length + 1
  const rank = scoreCategories.findIndex((known) => known === category)
  return rank < 0 ? scoreCategories.length : rank
}
