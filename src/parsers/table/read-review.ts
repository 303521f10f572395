import type { Review } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { readVerdict, verdicts } from '../../model/verdicts.js'
import type { SheetReader } from './sheet-reader.js'

/** What an auditor wrote beside a row; undefined where nothing. A verdict that is none of those offered is kept, and told. */
export function readReview(row: number, reader: SheetReader): Review | undefined {
  const written = reader.line(row, 'verdict')
  const known = written === undefined ? undefined : readVerdict(written)
  if (written !== undefined && known === undefined) {
    reader.count('parse/unknown-verdict', written.slice(0, 80), row, 'verdict', {
      found: written,
      expected: verdicts.map(({ word }) => word).join(', '),
    })
  }
  const review = stated({ verdict: known ?? written, initials: reader.line(row, 'initials'), remark: reader.lines(row, 'remark') })
  return Object.keys(review).length === 0 ? undefined : review
}
