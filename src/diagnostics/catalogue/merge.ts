import type { CatalogueEntry } from '../catalogue-entry.js'

/** Bringing rows of several documents together. */
export const mergeEntries = {
  'merge/ambiguous-row': {
    severity: 'warning',
    title: 'A row could be any of several rows of another document, and was kept beside them',
    help: 'The documents may overlap. Convert them apart with --per-document, or leave one out.',
  },
  'merge/conflicting-names': {
    severity: 'warning',
    title: 'Two documents name one capability differently; the first was kept',
    help: 'Documents count in the order of their names. Leave out the one that is out of date, or convert them apart with --per-document.',
  },
  'merge/conflicting-scores': {
    severity: 'warning',
    title: 'Two documents score one row differently; both were kept',
    help: 'Leave out the document that is out of date.',
  },
  'merge/conflicting-verdicts': {
    severity: 'warning',
    title: 'Auditors judge one row differently in two documents; the first was kept',
    help: 'Documents count in the order of their names. Settle it in one workbook, or convert them apart with --per-document.',
  },
} as const satisfies Record<string, CatalogueEntry>
