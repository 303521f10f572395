import type { CatalogueEntry } from '../catalogue-entry.js'

/** Adding bundles to a TAXII collection. */
export const pushEntries = {
  'push/not-a-bundle': {
    severity: 'error',
    title: 'The file is no STIX bundle and was not pushed',
    help: 'Name bundles, or folders that hold some: `crosswalk convert --to stix` writes them.',
  },
  'push/invalid-bundle': {
    severity: 'error',
    title: 'The bundle has errors and was not pushed',
    help: 'Correct the errors that are told of the file; `crosswalk validate` tells them too.',
  },
  'push/unusable-collection': {
    severity: 'error',
    title: 'Nothing can be added to the collection; nothing was sent',
    help: 'Check the address and the credentials. The message says what the server answered.',
  },
  'push/not-sent': {
    severity: 'error',
    title: 'Objects could not be sent',
    help: 'Run the command again when the cause is gone: nothing is added twice.',
  },
  'push/rejected': {
    severity: 'error',
    title: 'The server did not add an object',
    help: 'The message is the server\'s. Objects that refer to this one may be of no use to it either.',
  },
  'push/unsettled': {
    severity: 'error',
    title: 'It is not known what became of objects',
    help: 'The server accepted them. Look into the collection, or run the command again later: nothing is added twice.',
  },
  'push/two-contents': {
    severity: 'warning',
    title: 'Bundles hold one version of an object with different contents; the first was sent',
    help: 'Collections keep one content for each version. Convert all documents in one run, or push one of the bundles.',
  },
  'push/counts-differ': {
    severity: 'warning',
    title: 'The server counts another number of objects than it was sent',
    help: 'Look into the collection: the server may have split, merged or left out objects.',
  },
  'push/unknown-contents': {
    severity: 'info',
    title: 'The server does not tell what the collection holds; everything was sent',
    help: 'Nothing needs to be done: objects that are there are not added twice.',
  },
  'push/tried-again': {
    severity: 'info',
    title: 'A request was sent again',
    help: 'Nothing needs to be done: ids and versions are the same each time, so that nothing is added twice.',
  },
} as const satisfies Record<string, CatalogueEntry>
