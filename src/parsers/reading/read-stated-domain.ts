import type { Domain } from '../../model/mapping.js'
import { readDomain } from '../../model/read-domain.js'
import type { FileReader } from './file-reader.js'

/** The ATT&CK domain that a file states; what is none is reported, and is not stated. */
export function readStatedDomain(text: string | undefined, pointer: string, reader: FileReader): Domain | undefined {
  const domain = text === undefined ? undefined : readDomain(text)
  if (text !== undefined && !domain) {
    reader.report('parse/unknown-value', pointer, { found: text, expected: 'enterprise, mobile or ics' })
  }
  return domain
}
