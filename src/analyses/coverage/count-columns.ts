import { type CoverageCounts, coverageShare, type LevelCounts } from '../../coverage/matrix.js'
import type { CoverageState } from '../../coverage/row-state.js'
import type { ColumnOf } from '../../model/report-table.js'

/** Determines which counts are shown. */
export interface CountColumnsPlan {
  readonly hasThreshold: boolean
  /** The states that occur: terminals omit the columns of others. */
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

/** Columns that count techniques of a level by state. `prefix` distinguishes the levels of a table with several. */
export function countColumns(
  level: keyof LevelCounts,
  { hasThreshold, used }: CountColumnsPlan,
  prefix: { readonly key: string; readonly title: string },
): readonly ColumnOf<Counted>[] {
  const whole = states[level]
  const column = (key: string, title: string, content: string, count: keyof CoverageCounts): ColumnOf<Counted> => ({
    key: `${prefix.key}${key}`, title: `${prefix.title}${title}`, kind: 'number', content,
    cell: ({ counts }) => counts[level][count],
  })
  const whereUsed = (state: CoverageState, found: ColumnOf<Counted>): ColumnOf<Counted> =>
    (used.has(state) ? found : { ...found, only: 'files' })
  const mappedText = hasThreshold ? 'Of these, mapped with a score that reaches the threshold' : 'Of these, mapped'
  const belowText = 'Of these, mapped, but only with scores below the threshold'
  const unscoredText = 'Of these, mapped only by rows without a known score'
  const namedText = 'Of these, in rows that neither map them nor declare them unmappable'
  return [
    column('in_attack', 'ATT&CK', `Active ${whole} of the ATT&CK release`, 'attack'),
    column('mapped', 'Mapped', mappedText, 'mapped'),
    ...shareColumns(({ counts }: Counted) => counts[level], { key: `${prefix.key}covered`, title: `${prefix.title}Covered` }),
    ...(hasThreshold ? [
      whereUsed('below-threshold', column('below_threshold', 'Below', belowText, 'belowThreshold')),
      whereUsed('unscored', column('without_score', 'No score', unscoredText, 'unscored')),
    ] : []),
    whereUsed('unmappable', column('unmappable', 'Unmappable', 'Of these, declared unmappable', 'unmappable')),
    whereUsed('named', column('named_only', 'Named only', namedText, 'named')),
    column('not_mentioned', 'Not mentioned', 'Of these, in no row', 'notMentioned'),
  ]
}

/**
 * The mapped share of something, with four fractional digits; blank if there is nothing to map. The title is short on terminals, where
 * the column is next to the mapped count.
 */
export function shareColumns<Item>(
  countsOf: (item: Item) => Pick<CoverageCounts, 'mapped' | 'attack'> | undefined,
  { key, title, short = '%' }: { readonly key: string; readonly title: string; readonly short?: string },
): readonly ColumnOf<Item>[] {
  const column = {
    key, kind: 'share', content: 'The mapped share of ATT&CK; blank if ATT&CK has none',
    cell: (item: Item) => {
      const counts = countsOf(item)
      const share = counts && coverageShare(counts)
      return share === undefined ? undefined : Math.round(share * 10_000) / 10_000
    },
  } as const
  return [{ ...column, title: short, only: 'text' }, { ...column, title, only: 'files' }]
}
