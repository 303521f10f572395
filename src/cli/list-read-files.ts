import type { DocumentFile } from '../formats/decoded.js'
import type { Understanding } from '../requests.js'

/** Every file that was read: documents, and the mapping files that completed them. */
export function listReadFiles({ documents, catalog }: Understanding): readonly DocumentFile[] {
  return [...documents, ...catalog].map(({ file }) => file)
}
