import type { FileReader } from '../reading/file-reader.js'

/** Two parts, then a third that is empty or a pair of quotes. */
const EMPTY_PART = /^([^.]*\.[^.]*)\.(?:"")?(?=\.)/

/**
 * A VERIS id as CTID writes it now. Some ids have three parts; the older files fill up the fourth with quotes:
 * attribute.confidentiality."".data_disclosure is attribute.confidentiality.data_disclosure.
 */
export function nameCapability(id: string, pointer: string, reader: FileReader): string {
  const name = id.replace(EMPTY_PART, '$1')
  if (name !== id) reader.count('normalise/capability-id', id, pointer)
  return name
}
