import { ctidJson } from './ctid-json/ctid-json.js'
import { htmlPage } from './html-page/html-page.js'
import type { Parser } from './parser.js'
import { securityStack } from './security-stack/security-stack.js'
import { table } from './table/table.js'
import { tableMetadata } from './table-metadata/table-metadata.js'
import { textPage } from './text-page/text-page.js'
import { verisEnumerations } from './veris-enumerations/veris-enumerations.js'
import { verisJson } from './veris-json/veris-json.js'

/** Every parser, in the order in which ties are broken. A new dialect is one folder and one line here. */
export const parsers = [ctidJson, securityStack, verisJson, textPage, htmlPage, table, tableMetadata, verisEnumerations] as const satisfies readonly Parser[]
