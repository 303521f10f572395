import type { OptionSpecs, OptionValues } from '../emitter.js'

/** The options of the CSV emitter. */
export const csvOptions = {
  'csv-bom': {
    kind: 'boolean',
    default: false,
    description: 'Begin CSV files with a byte order mark, by which Excel tells UTF-8.',
  },
  'csv-escape-formulas': {
    kind: 'boolean',
    default: false,
    description:
      'Put an apostrophe before cells that spreadsheets would take for formulas. It changes the data: for people, not programs.',
  },
} as const satisfies OptionSpecs

export type CsvOptions = OptionValues<typeof csvOptions>
