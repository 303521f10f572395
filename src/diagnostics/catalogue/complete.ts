import type { CatalogueEntry } from '../catalogue-entry.js'

/** Completing what pages leave out from mapping files (`--catalog`). */
export const completeEntries = {
  'complete/no-match': {
    severity: 'warning',
    title: 'The catalogue does not hold a row, which was not completed',
    help: 'Give the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-row': {
    severity: 'warning',
    title: 'The catalogue holds several rows that a row could be; what they do not agree on was left out',
    help: 'Nothing is guessed. State the versions, or give only the mapping file of the release that the page shows.',
  },
  'complete/ambiguous-set': {
    severity: 'warning',
    title: 'Several mapping files of the catalogue hold these rows; versions and dates were left out',
    help: 'State --framework-version or --attack-version, or give only the file of the release that the page shows.',
  },
} as const satisfies Record<string, CatalogueEntry>
