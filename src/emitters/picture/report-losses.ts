import type { SetCoverage } from '../../coverage/coverage.js'
import { countNoun } from '../../diagnostics/count-noun.js'
import type { EmitContext } from '../emitter.js'
import type { BuiltPicture } from './build-picture.js'
import type { PictureOptions } from './picture-options.js'

/** What became of sets in a picture. */
export interface PictureOutcome {
  /** What messages name it by: "SVG picture". */
  readonly title: string
  readonly of: readonly SetCoverage[]
  readonly built: BuiltPicture
  /** Texts that had to be changed. */
  readonly changed: number
  readonly options: PictureOptions
  readonly score: PictureOptions['matrix-score']
}

/** Reports each kind of loss of a picture once. */
export function reportLosses(outcome: PictureOutcome, { report, baseName }: EmitContext): void {
  const { title, of, built, changed, options, score } = outcome
  const lose = (count: number, message: string): void => {
    if (count > 0) report('emit/not-representable', { message: `${title}: ${message}`, count, subject: baseName })
  }
  const counted = of.reduce((sum, { countedRows }) => sum + countedRows.length, 0)
  const outside = of.flatMap((one) => one.outside)
  const outsideIds = new Set(outside.map(({ id }) => id))
  const mappings = of.flatMap(({ set }) => set.mappings)
  const isInside = (id: string): boolean => !outsideIds.has(id)

  lose(counted, `of ${countNoun(counted, 'row')} only the number and the best score of each technique are shown`)
  lose(outside.reduce((sum, { rows }) => sum + rows, 0),
    'rows of techniques that are unknown, revoked or deprecated have no cell')
  lose(mappings.filter(({ kind }) => kind === 'unmapped-capability').length, 'capabilities that map to nothing have no cell')
  lose(mappings.filter((row) => row.kind === 'unmapped-technique' && isInside(row.technique.id)).length,
    'of rows without a capability only "declared unmappable" is shown')
  lose(mappings.filter((row) => row.kind === 'mapped' && row.status === 'non_mappable' && isInside(row.technique.id)).length,
    'pairs that are said not to map are not shown')
  lose(built.hidden.techniques, 'techniques have no room; a larger --picture-size has more')
  lose(built.hidden.subTechniques,
    'sub-techniques have no room and are counted at their techniques; a larger --picture-size has more')
  lose(built.shortened, 'names of techniques are shortened')
  if (score !== options['matrix-score'] && counted > 0) {
    report('emit/left-out', {
      message: `${title}: no row states a score value; cells count capabilities, not --matrix-score ${options['matrix-score']}`,
      subject: baseName,
    })
  }
  if (changed > 0) {
    report('emit/text-adjusted', {
      message: `${title}: characters that have no place in a picture were removed or replaced by U+FFFD`,
      count: changed,
      subject: baseName,
    })
  }
}
