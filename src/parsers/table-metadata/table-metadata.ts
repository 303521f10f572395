import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser } from '../parser.js'

/** What a table description begins with (CSV on the Web, "Metadata Vocabulary for Tabular Data", section 5.2). */
const context = 'http://www.w3.org/ns/csvw'

/**
 * The description of a table, `….csv-metadata.json`: what stands in no row of the table. It is read together with its
 * table, by the parser of tables; on its own it maps nothing.
 */
export const tableMetadata: Parser<'table-metadata'> = {
  id: 'table-metadata',
  title: 'Description of a CSV table (CSV on the Web), read together with its table',
  extensions: ['json'],
  containers: ['json'],
  sniff: (document) => ('value' in document && isDescription(document.value)
    ? { confidence: 0.95, reason: 'has the context of CSV on the Web' }
    : { confidence: 0, reason: 'no table description' }),
  async parse({ file }, { report, companion }) {
    const table = file.name.replace(/-metadata\.json$/, '')
    const origin = { document: file.name, place: { kind: 'file' } } as const
    if (table !== file.name && await companion?.(table)) {
      report('parse/companion', { origin, message: `The document describes ${table} and is read with it` })
    } else {
      report('parse/no-mappings', {
        origin,
        message: 'The document describes a table that was not given',
        hint: `give ${table === file.name ? 'the table' : table} as well`,
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
