import type { Parser } from './parser.js'

/** Every parser, in the order in which ties are broken. A new dialect is one folder and one line here. */
export const parsers = [] as const satisfies readonly Parser[]
