import type { CatalogueEntry } from '../catalogue-entry.js'

/** Bringing rows of several documents together. */
export const mergeEntries = {
  'merge/ambiguous-row': {
    severity: 'warning',
    title: 'A row could be any of several rows of another document, and was kept beside them',
    help: 'The documents may overlap. Convert them apart with --per-document, or leave one out.',
  },
  'merge/conflicting-scores': {
    severity: 'warning',
    title: 'Two documents score one row differently; both were kept',
    help: 'Leave out the document that is out of date.',
  },
} as const satisfies Record<string, CatalogueEntry>
