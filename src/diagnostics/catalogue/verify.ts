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
    help: 'docs/validating.md lists the kinds. Markdown pages and pictures have no rules to be judged by.',
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
  'verify/reference': {
    severity: 'warning',
    title: 'A reference leads out of the bundle',
    help: 'A platform that does not hold the object already loses the reference, or what refers to it.',
  },
  'verify/technique-elsewhere': {
    severity: 'info',
    title: 'Techniques are not in the bundle',
    help: 'Profile attack-present leaves them to the platform: import ATT&CK first, or its relationships are lost.',
  },
  'verify/relationship': {
    severity: 'warning',
    title: 'The STIX specification has no such relationship between objects of these types',
    help: 'It is allowed, but programs need not know what it means. related-to fits any two objects.',
  },
  'verify/vocabulary': {
    severity: 'warning',
    title: 'A value is not one of the words that STIX suggests',
    help: 'It is allowed, but programs need not know what it means.',
  },
  'verify/custom': {
    severity: 'info',
    title: 'The bundle has objects or properties that STIX does not define',
    help: 'They are allowed. Programs that do not know them pass over them; strict ones refuse them.',
  },
  'verify/platform': {
    severity: 'warning',
    title: 'The platform would drop, merge or change something',
    help: 'The bundle is valid; this is what `--for` found out about the platform named. See docs/validating.md.',
  },
  'verify/platform-refuses': {
    severity: 'error',
    title: 'The platform would refuse the bundle',
    help: 'The bundle may be valid; this is what `--for` found out about the platform named. See docs/validating.md.',
  },
  'verify/platform-order': {
    severity: 'info',
    title: 'Objects refer to later ones',
    help: 'No fault in a file. Who reads the bundle page by page, as from a TAXII server, meets references to objects that are not there yet.',
  },
} as const satisfies Record<string, CatalogueEntry>
