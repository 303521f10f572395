import { ctidJson } from './ctid-json/ctid-json.js'
import type { Parser } from './parser.js'
import { table } from './table/table.js'
import { tableMetadata } from './table-metadata/table-metadata.js'
import { textPage } from './text-page/text-page.js'
import { verisEnumerations } from './veris-enumerations/veris-enumerations.js'

/** Every parser, in the order in which ties are broken. A new dialect is one folder and one line here. */
export const parsers = [ctidJson, textPage, table, tableMetadata, verisEnumerations] as const satisfies readonly Parser[]
