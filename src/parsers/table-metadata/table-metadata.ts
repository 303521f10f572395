import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser } from '../parser.js'

/** The @context of a table description (W3C, "Metadata Vocabulary for Tabular Data", section 5.2). */
const context = 'http://www.w3.org/ns/csvw'

/**
 * The metadata file of a CSV table, `….csv-metadata.json`: data that is not in the table's rows. The table parser reads it with
 * its table; on its own it contains no mappings.
 */
export const tableMetadata: Parser<'table-metadata'> = {
  id: 'table-metadata',
  title: 'Description of a CSV table (CSV on the Web), read together with its table',
  extensions: ['json'],
  containers: ['json'],
  sniff: (document) => ('value' in document && isDescription(document.value)
    ? { confidence: 0.95, reason: 'has the @context of CSV on the Web' }
    : { confidence: 0, reason: 'is not the metadata file of a table' }),
  async parse({ file }, { report, hasCompanion }) {
    const table = file.name.replace(/-metadata\.json$/, '')
    const origin = { document: file.name, place: { kind: 'file' } } as const
    if (table !== file.name && await hasCompanion?.(table)) {
      report('parse/companion', { origin, message: `The document describes ${table} and is read with it` })
    } else {
      report('parse/no-mappings', {
        origin,
        message: 'The document describes a table that is not among the inputs',
        hint: `Add ${table === file.name ? 'the table' : table} to the inputs.`,
      })
    }
    return []
  },
}

function isDescription(value: TreeValue): boolean {
  if (!isObject(value)) return false
  const stated = value['@context']
  return stated === context || (isList(stated) && stated[0] === context)
}
