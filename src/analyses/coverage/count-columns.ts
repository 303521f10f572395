import { type CoverageCounts, coverageShare, type LevelCounts } from '../../coverage/matrix.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { ColumnOf } from '../report/analysis-report.js'

/** What decides which counts are shown. */
export interface CountColumnsPlan {
  readonly hasThreshold: boolean
  /** The states that techniques are in: terminals have no column for the others. */
  readonly used: ReadonlySet<CoverageState>
}

/** An item with counts. */
interface Counted {
  readonly counts: LevelCounts
}

const states = {
  'techniques': 'techniques without sub-techniques',
  'subTechniques': 'sub-techniques',
  'all': 'techniques and sub-techniques',
} as const

/** The columns that count techniques by state, at a level; with a prefix where a table has several levels. */
export function countColumns(
  level: keyof LevelCounts,
  { hasThreshold, used }: CountColumnsPlan,
  prefix: { readonly key: string; readonly title: string },
): readonly ColumnOf<Counted>[] {
  const whole = states[level]
  const column = (key: string, title: string, holds: string, count: keyof CoverageCounts): ColumnOf<Counted> => ({
    key: `${prefix.key}${key}`, title: `${prefix.title}${title}`, kind: 'number', holds,
    cell: ({ counts }) => counts[level][count],
  })
  const whereUsed = (state: CoverageState, found: ColumnOf<Counted>): ColumnOf<Counted> =>
    (used.has(state) ? found : { ...found, only: 'files' })
  const mappedHolds = hasThreshold ? 'Of these, mapped by a row whose score reaches the threshold' : 'Of these, mapped'
  const belowHolds = 'Of these, mapped by rows whose scores all stay below the threshold'
  const unscoredHolds = 'Of these, mapped by rows without a known score only'
  const namedHolds = 'Of these, in rows that neither map them nor declare them unmappable'
  return [
    column('in_attack', 'ATT&CK', `Active ${whole} of the ATT&CK release`, 'attack'),
    column('mapped', 'Mapped', mappedHolds, 'mapped'),
    ...shareColumns(({ counts }: Counted) => counts[level], { key: `${prefix.key}covered`, title: `${prefix.title}Covered` }),
    ...(hasThreshold ? [
      whereUsed('below-threshold', column('below_threshold', 'Below', belowHolds, 'belowThreshold')),
      whereUsed('unscored', column('without_score', 'No score', unscoredHolds, 'unscored')),
    ] : []),
    whereUsed('unmappable', column('unmappable', 'Unmappable', 'Of these, declared unmappable', 'unmappable')),
    whereUsed('named', column('named_only', 'Named only', namedHolds, 'named')),
    column('not_mentioned', 'Not mentioned', 'Of these, in no row', 'notMentioned'),
  ]
}

/**
 * How much of something is mapped, as a share with four digits; blank where there is nothing to map. On a terminal, where it
 * stands beside what is mapped, its title takes no room.
 */
export function shareColumns<Item>(
  countsOf: (item: Item) => Pick<CoverageCounts, 'mapped' | 'attack'> | undefined,
  { key, title, short = '%' }: { readonly key: string; readonly title: string; readonly short?: string },
): readonly ColumnOf<Item>[] {
  const column = {
    key, kind: 'share', holds: 'Mapped as a part of ATT&CK; blank where ATT&CK has none',
    cell: (item: Item) => {
      const counts = countsOf(item)
      const share = counts && coverageShare(counts)
      return share === undefined ? undefined : Math.round(share * 10_000) / 10_000
    },
  } as const
  return [{ ...column, title: short, only: 'text' }, { ...column, title, only: 'files' }]
}
