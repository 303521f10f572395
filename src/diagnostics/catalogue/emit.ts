import type { CatalogueEntry } from '../catalogue-entry.js'

/** Writing artefacts. */
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
    title: 'No artefact was written',
    help: 'None of the documents holds mappings.',
  },
  'emit/stale-removed': {
    severity: 'info',
    title: 'An artefact of an earlier run was removed',
    help: 'This run no longer makes it, and it was as that run had left it.',
  },
  'emit/unwritable': {
    severity: 'error',
    title: 'The artefact could not be written',
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
