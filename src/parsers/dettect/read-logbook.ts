import { isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { readDate, stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readLines } from '../reading/read-text.js'

/** The score that counts, as text, and the comment of its entry. */
interface LatestScore {
  readonly score?: string
  readonly comment?: string
}

/**
 * The newest entry of a logbook; the first of those with the same date. An entry without a date is older than any other. Older
 * entries are counted; a score that is no number is kept as the word that it is. In files of version 1.0 the score is the entry's own.
 */
export function readLogbook(entry: TreeObject, pointer: string, reader: FileReader): LatestScore {
  const logbook = listOf(entry.score_logbook, `${pointer}/score_logbook`, 'a list of scores', reader)
  if (logbook.length === 0) return stated({ score: readScore(entry.score, `${pointer}/score`, reader) })
  let newest: { readonly item: TreeObject; readonly at: string; readonly date: string } | undefined
  let readable = 0
  for (const [index, item] of logbook.entries()) {
    const at = `${pointer}/score_logbook/${index}`
    if (!isObject(item)) {
      reader.report('parse/unknown-value', at, { found: describeValue(item), expected: 'an object with a date and a score' })
      continue
    }
    readable += 1
    const date = readEntryDate(item.date, `${at}/date`, reader)
    if (!newest || date > newest.date) newest = { item, at, date }
  }
  if (!newest) return {}
  if (readable > 1) reader.count('parse/superseded-object', 'a score of a logbook that is not its newest', pointer)
  return stated({
    score: readScore(newest.item.score, `${newest.at}/score`, reader),
    comment: readLines(newest.item.comment, 'comment', `${newest.at}/comment`, reader),
  })
}

/** A date that can be compared as text, with its time if there is one; '' for none. */
function readEntryDate(value: TreeValue | undefined, pointer: string, reader: FileReader): string {
  if (value === undefined || value === null || value === '') return ''
  const text = typeof value === 'string' ? value.trim() : ''
  const day = readDate(text)
  if (day === undefined) {
    reader.report('normalise/unreadable-date', pointer, { found: describeValue(value), expected: '2024-12-31' })
    return ''
  }
  return text.startsWith(day) ? text.replace(' ', 'T') : day
}

function readScore(value: TreeValue | undefined, pointer: string, reader: FileReader): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  const message = 'The entry states no score; its row was kept without one'
  reader.report('parse/unknown-value', pointer, { message, found: describeValue(value), expected: 'a number from -1 to 5' })
  return undefined
}
