import { ctidJson } from './ctid-json/ctid-json.js'
import type { Parser } from './parser.js'
import { textPage } from './text-page/text-page.js'

/** Every parser, in the order in which ties are broken. A new dialect is one folder and one line here. */
export const parsers = [ctidJson, textPage] as const satisfies readonly Parser[]
