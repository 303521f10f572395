import type { CatalogueEntry } from './entry.js'

/** Parsing a document: its rows, and what it states about them. */
export const parseEntries = {
  'parse/unknown-format': {
    severity: 'error',
    title: 'No parser recognises this document',
    help: 'Name the parser with --from; `crosswalk formats` lists the parsers.',
  },
  'parse/no-mappings': {
    severity: 'warning',
    title: 'The document contains no mappings',
    help: 'Landing, tactic and matrix pages only list techniques or groups: save the pages that they link to.',
  },
  'parse/only-lists': {
    severity: 'info',
    title: 'The page lists techniques, groups or capabilities but contains no mappings',
    help: 'Nothing is wrong with it. The mappings are on the pages that it links to.',
  },
  'parse/unknown-relation': {
    severity: 'warning',
    title: 'The mapping type of a row is unknown',
    help: 'The last word before the technique was read as the mapping type; compare it with the page.',
  },
  'parse/ambiguous-capability': {
    severity: 'warning',
    title: 'A row could not be split into capability and description with certainty',
    help: 'Name the framework with --framework, or supply a mapping file with --catalog.',
  },
  'parse/unknown-framework': {
    severity: 'warning',
    title: 'The framework of these rows could not be determined',
    help: 'Name the framework with --framework.',
  },
  'parse/guessed-framework': {
    severity: 'info',
    title: 'The framework of these rows is not stated; it was detected from capability ids',
    help: 'Nothing needs to be done if it is right. If not, name the framework with --framework.',
  },
  'parse/blank-id': {
    severity: 'warning',
    title: 'A group or a mapping type has a blank id',
    help: 'The rows were read, without it. Fill in the id in the document, or delete the entry.',
  },
  'parse/unreadable-row': {
    severity: 'error',
    title: 'A row could not be read and was left out',
    help: 'Compare the row with the columns of its table; the usual cause is a page that is cut off.',
    leavesOut: true,
  },
  'parse/unaccounted': {
    severity: 'error',
    title: 'Rows of the document are neither mappings nor reported: this is a fault of Crosswalk, not of the document',
    help: 'Report it with the command line and, if possible, the document. The other rows were read and are in the artifacts.',
  },
  'parse/missing-technique': {
    severity: 'warning',
    title: 'A row names no technique',
    help: 'Add the technique if it is known. The row is kept as a capability without one: no cell in layers, no STIX relationship.',
  },
  'parse/missing-capability': {
    severity: 'warning',
    title: 'A row names no capability',
    help: 'Add the capability if it is known. The row is kept as a technique without one: no STIX relationship.',
  },
  'parse/empty-row': {
    severity: 'warning',
    title: 'A row names neither a capability nor a technique and was left out',
    help: 'Fill in the row or remove it.',
    leavesOut: true,
  },
  'parse/name-without-id': {
    severity: 'warning',
    title: 'A name has no id beside it and was not read',
    help: 'Rows are identified by ids: add the id beside the name.',
  },
  'parse/unknown-value': {
    severity: 'warning',
    title: 'A value is not one that the format defines and was not read',
    help: 'Use one of the values listed as expected.',
  },
  'parse/unknown-verdict': {
    severity: 'warning',
    title: 'A verdict is not in the list of the workbook; it was kept as written',
    help: 'Choose one from the list in the cell, or leave it: every format with verdicts can carry it.',
  },
  'parse/read-as-text': {
    severity: 'warning',
    title: 'A number or boolean is written where text is expected; it was read as text',
    help: 'Put it in quotes: the number 16.0, for instance, may be read as 16.',
  },
  'parse/companion': {
    severity: 'info',
    title: 'The document describes another document and was read together with it',
    help: 'Nothing needs to be done.',
  },
  'parse/repeated-id': {
    severity: 'warning',
    title: 'An id appears twice in a list; the first entry was used',
    help: 'Remove one of them.',
  },
  'parse/ambiguous-id': {
    severity: 'error',
    title: 'Rows of one id are of several capabilities and were left out',
    help: 'The spreadsheet made a number of the id. Format the column as text, and type the ids again.',
    leavesOut: true,
  },
  'parse/read-as-matrix': {
    severity: 'info',
    title: 'A table was read as a matrix of techniques and capabilities',
    help: 'Nothing needs to be done if each mark maps its capability to its technique. Otherwise name the columns with --columns.',
  },
  'parse/doubtful-reference': {
    severity: 'warning',
    title: 'A line below "References" is not a URL and was kept as a reference',
    help: 'Check the line: it may be part of a row that was cut off or changed in copying.',
  },
  'parse/unknown-section': {
    severity: 'warning',
    title: 'Lines of the page belong to no section that its pages have, and were not read',
    help: 'Compare the headings and column titles with the page; the usual cause is a slip in copying.',
  },
  'parse/rows-missing': {
    severity: 'warning',
    title: 'The page shows only part of the rows',
    help: 'Save the page that the notice links to ("all data"), or use the mapping file.',
  },
  'parse/count-differs': {
    severity: 'warning',
    title: 'The document announces a different number of rows than it contains',
    help: 'The document may be cut off; save or download it again.',
  },
  'parse/truncated': {
    severity: 'error',
    title: 'The document is cut off',
    help: 'Save or download the document again. The part that could be read was kept.',
    leavesOut: true,
  },
  'parse/unreadable-object': {
    severity: 'error',
    title: 'An entry in the list of objects is not a STIX object and was left out',
    help: 'Give the entry an id and a type, which every STIX object has, or remove it.',
    leavesOut: true,
  },
  'parse/superseded-object': {
    severity: 'info',
    title: 'The document contains several versions of an object or entry; the newest was used',
    help: 'Nothing needs to be done.',
    leavesOut: true,
  },
  'parse/withdrawn-object': {
    severity: 'info',
    title: 'A revoked or deprecated object was skipped',
    help: 'Nothing needs to be done, unless it should count: then remove "revoked" and "x_mitre_deprecated".',
    leavesOut: true,
  },
  'parse/not-a-mapping': {
    severity: 'info',
    title: 'A relationship that does not map a capability to a technique was skipped',
    help: 'Nothing needs to be done, unless it should count: then connect a control, product, vulnerability or entry of '
      + 'another vocabulary with a technique, in either direction.',
    leavesOut: true,
  },
  'parse/unresolved-relationship': {
    severity: 'warning',
    title: 'A relationship with an end that could not be resolved was left out',
    help: 'Name the document that contains the missing object in the same command, or supply the ATT&CK bundle with --attack.',
    leavesOut: true,
  },
  'parse/unrecognised-technique': {
    severity: 'warning',
    title: 'An attack-pattern that appears to be a technique names no technique id; its mappings were left out',
    help: 'Add an external reference with the source_name mitre-attack and the technique id as external_id.',
    leavesOut: true,
  },
  'parse/several-techniques': {
    severity: 'warning',
    title: 'An attack-pattern names several techniques; the first was used',
    help: 'Write an attack-pattern and a relationship for each technique.',
  },
  'parse/other-matrix': {
    severity: 'error',
    title: 'Rows map to techniques of a matrix other than ATT&CK and were left out',
    help: 'Remove the rows, or map them to techniques of Enterprise, Mobile or ICS ATT&CK: Crosswalk reads no other matrix.',
    leavesOut: true,
  },
  'parse/object-elsewhere': {
    severity: 'warning',
    title: 'Objects that relationships map to techniques are in none of the documents',
    help: 'Name the document that contains them in the same command.',
  },
  'parse/row-missing': {
    severity: 'error',
    title: 'A row that the document lists is missing from it',
    help: 'Another program may have changed the document and dropped objects or properties; use the original.',
    leavesOut: true,
  },
  'parse/unsupported-version': {
    severity: 'error',
    title: "This version of the document's format is not supported",
    help: 'Open the document in the tool that it is made for, and save it in a newer version of the format.',
    leavesOut: true,
  },
  'parse/no-coverage': {
    severity: 'info',
    title: 'An entry states that nothing covers the technique; it makes no mapping',
    help: 'Nothing needs to be done. In DeTT&CT a detection of -1 and a visibility of 0 mean none.',
    leavesOut: true,
  },
  'parse/summary-only': {
    severity: 'warning',
    title: 'The document is only a summary of the rows that it was made from',
    help: 'Read what it was made from instead; docs/navigator.md says what a layer loses, docs/misp.md what a galaxy does.',
  },
  'parse/not-attributed': {
    severity: 'warning',
    title: 'Text that the document gives for several rows together could not be assigned to one of them and was left out',
    help: 'Read the mapping file, table or bundle that the document was made from instead.',
  },
  'parse/invalid-document': {
    severity: 'error',
    title: 'The document does not have the shape of its format',
    help: 'Correct the document at the place that the message names, where it also says what was expected.',
    leavesOut: true,
  },
  'parse/contradictory-row': {
    severity: 'error',
    title: 'A row contradicts itself and was left out',
    help: 'Correct the row: one that is declared non-mappable must not name both a capability and a technique.',
    leavesOut: true,
  },
  'parse/unknown-field': {
    severity: 'warning',
    title: 'A field is not part of the format and was not read',
    help: 'Check the spelling of the field.',
  },
  'parse/stated-otherwise': {
    severity: 'warning',
    title: 'The document states a value other than the one given on the command line',
    help: 'The value in the document was used: options never override a document. Correct the option or remove it.',
  },
} as const satisfies Record<string, CatalogueEntry>
