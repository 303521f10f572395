import type { CatalogueEntry } from '../catalogue-entry.js'

/** Bringing what was understood into one form. */
export const normaliseEntries = {
  'normalise/whitespace': {
    severity: 'info',
    title: 'Stray white space was removed',
    help: 'Nothing needs to be done.',
  },
  'normalise/technique-id': {
    severity: 'info',
    title: 'A technique id was written unusually',
    help: 'Nothing needs to be done; correct the document if it is yours.',
  },
  'normalise/domain-inferred': {
    severity: 'info',
    title: 'The ATT&CK domain was told by the technique ids',
    help: 'The document states no domain; state one with --domain.',
  },
  'normalise/conflicting-names': {
    severity: 'warning',
    title: 'One id has more than one name',
    help: 'Each row keeps the name that it prints; lists show the first.',
  },
  'normalise/unknown-score': {
    severity: 'warning',
    title: 'A score is none of those that are known',
    help: 'Known are protect, detect, respond and minimal, partial, significant. The score is kept as written.',
  },
  'normalise/capability-id': {
    severity: 'info',
    title: 'A capability id was brought into the form that its framework uses now',
    help: 'Nothing needs to be done: the newer mapping files write it so.',
  },
  'normalise/unreadable-date': {
    severity: 'warning',
    title: 'A date could not be read and was left out',
    help: 'Write dates as 12/31/2024 or 2024-12-31.',
  },
} as const satisfies Record<string, CatalogueEntry>
