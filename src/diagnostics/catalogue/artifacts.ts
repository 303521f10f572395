import type { CatalogueEntry } from './entry.js'

/** Writing artifacts. */
export const emitEntries = {
  'emit/not-representable': {
    severity: 'info',
    title: 'The target format cannot carry this',
    help: 'Use another format beside it: STIX, CSV and Excel carry every row whole. `--fail-on loss` makes this an error.',
  },
  'emit/places-left-out': {
    severity: 'info',
    title: 'The target format has no room for where each row stands in its document',
    help: 'CSV, Excel and STIX say it. What the rows themselves say is not touched, so this is no loss for `--fail-on loss`.',
  },
  'emit/left-out': {
    severity: 'info',
    title: 'A value that the format asks for is not stated and was left out',
    help: 'Nothing is invented. Supply it: --created for dates, --framework-version and --attack-version for versions.',
  },
  'emit/nothing': {
    severity: 'warning',
    title: 'No artifact was written',
    help: 'None of the documents holds mappings.',
  },
  'emit/stale-removed': {
    severity: 'info',
    title: 'An artifact of an earlier run was removed',
    help: 'This run no longer makes it, and it was as that run had left it.',
  },
  'emit/unwritable': {
    severity: 'error',
    title: 'The artifact could not be written',
    help: 'Check the permissions of the output folder and the space on the disk.',
  },
  'emit/no-rasteriser': {
    severity: 'error',
    title: 'There is nothing here that draws PNG pictures',
    help: 'Install the packages @resvg/resvg-wasm and @fontsource/dejavu-sans beside the program, or write SVG.',
  },
  'emit/text-adjusted': {
    severity: 'warning',
    title: 'Text was changed to fit the target format',
    help: 'Characters that the format forbids were removed or replaced, or the text was shortened.',
  },
  'emit/technique-stub': {
    severity: 'info',
    title: "A technique that ATT&CK does not know stands under an id of Crosswalk's own",
    help: 'Check the id; give a newer ATT&CK bundle with --attack if the technique is new.',
  },
  'emit/technique-rebuilt': {
    severity: 'info',
    title: 'Techniques of the ATT&CK bundle stand in STIX with what the index knows, not word for word',
    help: 'They are no valid STIX 2.1 there, or refer to objects that the bundle lacks. ATT&CK has few such, in releases 8 to 10.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Judging artifacts and files. */
export const verifyEntries = {
  'verify/schema': {
    severity: 'error',
    title: 'The file does not satisfy its schema',
    help: 'The message names the place and what was expected there.',
  },
  'verify/own-artifact': {
    severity: 'error',
    title: 'An artifact does not satisfy its own schema and was not written',
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
