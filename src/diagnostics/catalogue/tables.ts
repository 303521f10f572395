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
