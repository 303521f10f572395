import { readDate } from '../../model/read-date.js'
import type { FileReader } from './file-reader.js'

/** A date that a file states, in ISO form; one that can't be read is reported, and is not stated. */
export function readStatedDate(text: string | undefined, pointer: string, reader: FileReader): string | undefined {
  const date = text === undefined ? undefined : readDate(text)
  if (text !== undefined && date === undefined) {
    reader.report('normalise/unreadable-date', pointer, { found: text, expected: '12/31/2024 or 2024-12-31' })
  }
  return date
}
