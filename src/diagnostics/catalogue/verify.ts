import type { CatalogueEntry } from '../catalogue-entry.js'

/** Judging artefacts and files. */
export const verifyEntries = {
  'verify/schema': {
    severity: 'error',
    title: 'The file does not satisfy its schema',
    help: 'The message names the place and what was expected there.',
  },
  'verify/own-artefact': {
    severity: 'error',
    title: 'An artefact does not satisfy its own schema and was not written',
    help: 'This is a fault of Crosswalk. Please report it with the document that shows it.',
  },
  'verify/unknown-kind': {
    severity: 'error',
    title: 'The file is of no kind that can be validated',
    help: '`crosswalk formats` lists the kinds.',
  },
  'verify/meaning': {
    severity: 'error',
    title: 'The file contradicts itself',
    help: 'The message names the place and the contradiction.',
  },
  'verify/doubtful': {
    severity: 'warning',
    title: 'The file is valid, but tools will not take it as meant',
    help: 'The message names the place and what tools make of it.',
  },
} as const satisfies Record<string, CatalogueEntry>
