import type { CatalogueEntry } from './entry.js'

/** Parsing tables: their columns, and cells with more than one value. */
export const parseTableEntries = {
  'parse/no-columns': {
    severity: 'error',
    title: 'No row of the table was recognised as the row of column titles',
    help: 'Write titles above the columns, or assign columns by title or letter: --columns capability_id=A,technique=C.',
    leavesOut: true,
  },
  'parse/unknown-column': {
    severity: 'warning',
    title: 'A column of the table was not read',
    help: 'Say what it contains with --columns, or remove it from the table.',
  },
  'parse/unused-option': {
    severity: 'warning',
    title: 'An option about tables has no effect on this one',
    help: 'Compare it with the cells of the table, or leave it out.',
  },
  'parse/sheet-passed-over': {
    severity: 'info',
    title: 'A sheet contains no mappings and was skipped',
    help: 'Nothing needs to be done, unless it should contain some: then write titles above its columns.',
  },
  'parse/list-in-cell': {
    severity: 'warning',
    title: 'A cell looks like a list of capabilities; it was read as one capability',
    help: 'Say what separates the capabilities: --split capability=";". If it is one capability, nothing needs to be done.',
  },
  'parse/product': {
    severity: 'info',
    title: 'A row lists several capabilities and several techniques; each capability was mapped to each technique',
    help: 'Nothing needs to be done if that is meant. If the lists correspond item by item, write a row for each pair.',
  },
  'parse/unpaired-name': {
    severity: 'warning',
    title: 'The name beside several capability ids fits none of them and was not read',
    help: 'Write as many names as ids, separated in the same way, or a row for each capability.',
  },
  'parse/id-as-date': {
    severity: 'warning',
    title: 'An id of a capability is a date',
    help: 'Spreadsheets read ids such as MAR-01 as dates. Format the column as text, type the ids again, and save the table.',
  },
  'parse/id-as-number': {
    severity: 'warning',
    title: 'Ids are numbers in the spreadsheet, which lose a zero at the end: 4.10 is 4.1',
    help: 'Format the column as text, type the ids again, and save the table; a number format does not bring the zero back.',
  },
  'parse/not-techniques': {
    severity: 'error',
    title: 'A row maps to something other than a technique and was left out',
    help: 'Write techniques or sub-techniques instead: groups, software and tactics cannot be mapped to.',
    leavesOut: true,
  },
} as const satisfies Record<string, CatalogueEntry>

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

/** Parsing notes: ids in prose that are not read as mappings are reported too. */
export const parseNotesEntries = {
  'parse/mention-passed-over': {
    severity: 'info',
    title: 'A technique id where notes map nothing was skipped',
    help: 'Ids in code, comments, citations and links to other sites are not read as mappings; to map one, write it in the text.',
    leavesOut: true,
  },
  'parse/repeated-mention': {
    severity: 'info',
    title: 'A technique appears more than once in a sentence and was counted once',
    help: 'Nothing needs to be done.',
    leavesOut: true,
  },
  'parse/malformed-technique': {
    severity: 'warning',
    title: 'Text that looks like a technique id is not a valid one and was not read',
    help: 'Write ids as T1059, and sub-technique ids as T1059.001.',
    leavesOut: true,
  },
  'parse/no-technique-in-row': {
    severity: 'warning',
    title: 'A row of a table of techniques names a capability and no technique id; it was not read',
    help: 'Write the id of a technique in the row, or remove the row.',
    leavesOut: true,
  },
  'parse/other-attack-id': {
    severity: 'info',
    title: 'A tactic, group, software, mitigation or other object of ATT&CK is not a technique and was skipped',
    help: 'Write a technique or sub-technique instead, if one is meant: nothing else can be mapped to.',
  },
  'parse/shortened-comment': {
    severity: 'info',
    title: "A sentence is very long; the row's comment is the part around the technique",
    help: 'Nothing needs to be done, unless the text has lost its full stops.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Parsing layers: techniques that they have, and that say nothing. */
export const parseLayerEntries = {
  'parse/blank-technique': {
    severity: 'info',
    title: 'A technique of a layer without score, comment, colour, link or metadata was skipped',
    help: 'Nothing needs to be done, unless it should count: then give it a score or a comment in the Navigator.',
    leavesOut: true,
  },
  'parse/disabled-technique': {
    severity: 'warning',
    title: 'A technique that is disabled in the document was left out',
    help: 'Enable it in the document if it should count.',
    leavesOut: true,
  },
} as const satisfies Record<string, CatalogueEntry>
