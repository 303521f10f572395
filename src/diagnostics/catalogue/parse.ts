import type { CatalogueEntry } from './entry.js'

/** Understanding what a document says. */
export const parseEntries = {
  'parse/unknown-format': {
    severity: 'error',
    title: 'No parser recognises this document',
    help: 'Name the parser with --from; `crosswalk formats` lists them.',
  },
  'parse/no-mappings': {
    severity: 'warning',
    title: 'The document holds no mappings',
    help: 'Landing, tactic and matrix pages list techniques or groups; mappings stand on the pages that they link to.',
  },
  'parse/only-lists': {
    severity: 'info',
    title: 'The page lists techniques, groups or capabilities, and no mappings',
    help: 'Nothing is wrong. Mappings stand on the pages that it links to.',
  },
  'parse/unknown-relation': {
    severity: 'warning',
    title: 'The mapping type of a row is none that is known',
    help: 'It was taken to be the last word before the technique; compare with the page.',
  },
  'parse/ambiguous-capability': {
    severity: 'warning',
    title: 'A row could not be split into capability and description with certainty',
    help: 'Name the framework with --framework, or give a mapping file with --catalog.',
  },
  'parse/unknown-framework': {
    severity: 'warning',
    title: 'The framework of these rows could not be told',
    help: 'Name it with --framework.',
  },
  'parse/unreadable-row': {
    severity: 'error',
    title: 'A row could not be understood and was left out',
    help: 'Compare the row with the columns of its table; a cut-off page is the usual cause.',
  },
  'parse/missing-technique': {
    severity: 'warning',
    title: 'A row names no technique',
    help: 'The row is kept as a capability without a technique; it becomes no cell and no relationship.',
  },
  'parse/missing-capability': {
    severity: 'warning',
    title: 'A row names no capability',
    help: 'The row is kept as a technique without a capability; it becomes no relationship.',
  },
  'parse/empty-row': {
    severity: 'warning',
    title: 'A row names neither a capability nor a technique and was left out',
    help: 'Fill in the row, or remove it.',
  },
  'parse/name-without-id': {
    severity: 'warning',
    title: 'A name stands without its id and was not read',
    help: 'Rows are told by ids: add the id beside the name.',
  },
  'parse/unknown-value': {
    severity: 'warning',
    title: 'A value is none of those that the format knows and was not read',
    help: 'Use one of the values that the message names.',
  },
  'parse/unknown-verdict': {
    severity: 'warning',
    title: 'A verdict is none of the words that the workbook offers; it was kept as written',
    help: 'Choose one of the list in the cell, or leave it: every format that carries verdicts carries this one too.',
  },
  'parse/read-as-text': {
    severity: 'warning',
    title: 'A number or truth value stands where a text is expected and was read as text',
    help: 'Write it in quotes: as a number, 16.0 may come out as 16.',
  },
  'parse/companion': {
    severity: 'info',
    title: 'The document belongs to another and is read with it',
    help: 'Nothing needs to be done.',
  },
  'parse/repeated-id': {
    severity: 'warning',
    title: 'An id stands twice in a list of ids; the first counts',
    help: 'Remove one of them.',
  },
  'parse/no-columns': {
    severity: 'error',
    title: 'No row of the table names its columns so that they are understood',
    help: 'Write titles above the columns, or name them by title or letter: --columns capability_id=A,technique=C.',
  },
  'parse/unknown-column': {
    severity: 'warning',
    title: 'A column of the table was not read',
    help: 'Name what it holds with --columns, or leave it out of the table.',
  },
  'parse/sheet-passed-over': {
    severity: 'info',
    title: 'A sheet holds no mappings and was passed over',
    help: 'Nothing needs to be done, unless it should hold some: then write titles above its columns.',
  },
  'parse/not-techniques': {
    severity: 'error',
    title: 'The document maps to something else than techniques; those rows were left out',
    help: 'Only techniques and sub-techniques can be mapped to: groups, software and tactics have no place in layers of techniques.',
  },
  'parse/doubtful-reference': {
    severity: 'warning',
    title: 'A line below "References" is no address and was kept as a reference',
    help: 'Look at the line: a row that broke off, or that a copy changed, may stand there.',
  },
  'parse/rows-missing': {
    severity: 'warning',
    title: 'The page shows only part of the rows',
    help: 'Save the page that the notice names ("all data"), or use the mapping file.',
  },
  'parse/count-differs': {
    severity: 'warning',
    title: 'The document announces another number of rows than it holds',
    help: 'The document may be cut off.',
  },
  'parse/truncated': {
    severity: 'error',
    title: 'The document breaks off',
    help: 'Save or download the document again. What could be read was kept.',
  },
  'parse/unreadable-object': {
    severity: 'error',
    title: 'A value in the list of objects is no STIX object and was left out',
    help: 'STIX objects have an id and a type.',
  },
  'parse/superseded-object': {
    severity: 'info',
    title: 'A bundle holds several versions of one object; the last modified counts',
    help: 'Nothing needs to be done.',
  },
  'parse/withdrawn-object': {
    severity: 'info',
    title: 'Objects that are revoked or deprecated were passed over',
    help: 'Nothing needs to be done, unless they should still count: then take out "revoked" and "x_mitre_deprecated".',
  },
  'parse/not-a-mapping': {
    severity: 'info',
    title: 'Relationships that map no capability to a technique were passed over',
    help: 'Mappings lead from controls, products, vulnerabilities or another vocabulary to techniques, or back.',
  },
  'parse/unresolved-relationship': {
    severity: 'warning',
    title: 'Relationships whose two ends could not be told were left out',
    help: 'Add the missing objects to the bundle, or give the ATT&CK bundle that holds the techniques with --attack.',
  },
  'parse/object-elsewhere': {
    severity: 'warning',
    title: 'Objects that relationships map to techniques are not in the bundle',
    help: 'Add the objects to the bundle.',
  },
  'parse/row-missing': {
    severity: 'error',
    title: 'A row that the document announces is not in it',
    help: 'The document may have been changed by another program, which dropped objects or properties.',
  },
  'parse/unsupported-version': {
    severity: 'error',
    title: 'The document is of a version of its format that is not read',
    help: 'Open it with the tool that it is made for, and save it in a newer format.',
  },
  'parse/disabled-technique': {
    severity: 'warning',
    title: 'Techniques that the layer disables were left out',
    help: 'Enable them in the layer if they should count.',
  },
  'parse/summary-only': {
    severity: 'warning',
    title: 'The layer is a summary of the rows that it was made of',
    help: 'Read the mapping file, table or bundle that it was made of instead; docs/navigator.md tells what a layer loses.',
  },
  'parse/not-attributed': {
    severity: 'warning',
    title: 'What a layer says of several rows together could not be told to be of one of them and was left out',
    help: 'Read the mapping file, table or bundle that the layer was made of instead.',
  },
  'parse/invalid-document': {
    severity: 'error',
    title: 'The document does not have the shape of its format',
    help: 'The message names the place and what was expected there.',
  },
  'parse/contradictory-row': {
    severity: 'error',
    title: 'A row contradicts itself and was left out',
    help: 'A row that is declared non-mappable must not name both a capability and a technique.',
  },
  'parse/unknown-field': {
    severity: 'warning',
    title: 'A field is not part of the format and was not read',
    help: 'Check the spelling of the field.',
  },
  'parse/stated-otherwise': {
    severity: 'warning',
    title: 'The document states something else than the command line',
    help: 'What a document states is never overridden; correct the option or leave it out.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** Understanding what notes say: prose holds ids that are no mappings, and each is told. */
export const parseNotesEntries = {
  'parse/mention-passed-over': {
    severity: 'info',
    title: 'Technique ids stand where notes map nothing and were passed over',
    help: 'Ids in code, comments, citations and addresses of other sites are no mappings; write those that are in the text.',
  },
  'parse/repeated-mention': {
    severity: 'info',
    title: 'A technique stands more than once in one sentence and counts once',
    help: 'Nothing needs to be done.',
  },
  'parse/malformed-technique': {
    severity: 'warning',
    title: 'Something looks like a technique id, is none, and was not read',
    help: 'Write ids as T1059, and those of sub-techniques as T1059.001.',
  },
  'parse/other-attack-id': {
    severity: 'info',
    title: 'Ids of ATT&CK tactics or mitigations are no techniques and were passed over',
    help: 'Only techniques and sub-techniques can be mapped to.',
  },
  'parse/shortened-comment': {
    severity: 'info',
    title: 'A sentence is very long; its row keeps the part around the technique as comment',
    help: 'Nothing needs to be done, unless the text has lost its full stops.',
  },
} as const satisfies Record<string, CatalogueEntry>
