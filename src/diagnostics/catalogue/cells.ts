import type { CatalogueEntry } from './entry.js'

/** Parsing cells of techniques: what they say in short is written out, and what is not understood is reported. */
export const parseCellEntries = {
  'parse/cell-not-understood': {
    severity: 'warning',
    title: 'A part of a technique cell was not understood and was not read',
    help: 'The message quotes the part and says what was read. Write ids and, if you like, their names: T1059.001 PowerShell; T1078.',
  },
  'parse/techniques-expanded': {
    severity: 'info',
    title: 'A wildcard or a range of techniques was written out',
    help: 'Nothing needs to be done if the release is the right one; name another with --attack-version.',
  },
  'parse/beside-techniques': {
    severity: 'info',
    title: 'Tactics, tags or addresses beside techniques were skipped',
    help: 'Nothing needs to be done: only techniques and sub-techniques can be mapped to.',
  },
  'parse/unknown-sub-technique': {
    severity: 'warning',
    title: 'A name is not that of a sub-technique of the technique beside it; the technique itself was used',
    help: "Correct the name, or write the sub-technique's id.",
  },
} as const satisfies Record<string, CatalogueEntry>
