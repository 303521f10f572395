import type { CatalogueEntry } from './entry.js'

/** Reading the bytes of a document, and decoding them. */
export const readEntries = {
  'read/not-found': {
    severity: 'error',
    title: 'No such file or folder',
    help: 'Check the path; put globs in quotes so that the shell does not expand them.',
  },
  'read/unreadable': {
    severity: 'error',
    title: 'The file could not be read',
    help: 'Check the permissions of the file and of the folders above it.',
  },
  'read/not-fetched': {
    severity: 'error',
    title: 'The document could not be downloaded',
    help: 'Check the address and the network (HTTPS_PROXY, NO_PROXY, --ca), or save the document with your browser and name the file.',
  },
  'read/empty': {
    severity: 'error',
    title: 'The file is empty',
    help: 'Save or download the document again.',
  },
  'read/too-large': {
    severity: 'error',
    title: 'The document is larger than a limit',
    help: 'If you trust the file, raise the limit: --max-size (in megabytes), or the one that the message names with --max (docs/limits.md).',
  },
  'read/binary': {
    severity: 'error',
    title: 'The file is neither text nor a supported format',
    help: '`crosswalk formats` lists what can be read. Text in UTF-16 needs a byte order mark, or save it as UTF-8.',
  },
  'read/web-archive': {
    severity: 'error',
    title: 'The page was saved as a web archive (.mhtml, .mht or .webarchive), which is not supported',
    help: 'Save the page again as "Webpage, HTML only" or "Webpage, complete".',
  },
  'read/encoding': {
    severity: 'warning',
    title: 'The text is not valid UTF-8',
    help: 'Save the document as UTF-8. Bytes that could not be decoded were read as U+FFFD.',
  },
  'read/folder-as-file': {
    severity: 'error',
    title: "A folder has a name that looks like a document's and was not read",
    help: 'Browsers save the files of a page in a folder beside it. If the folder contains documents, name it as an input.',
  },
  'read/skipped': {
    severity: 'info',
    title: 'A file was skipped',
    help: 'If a file was skipped for its extension, name the file itself to read it.',
  },
  'read/no-input': {
    severity: 'error',
    title: 'There is nothing to read',
    help: 'Name files, folders or globs that contain documents.',
  },
  'read/malformed': {
    severity: 'error',
    title: 'The file is not well-formed',
    help: 'The file may be cut off or damaged; save or download it again.',
  },
  'read/duplicate-name': {
    severity: 'warning',
    title: 'A name appears twice in an object; the last value was used',
    help: 'Remove one of them.',
  },
  'read/too-deep': {
    severity: 'error',
    title: 'The document is nested deeper than the limit',
    help: 'Check where the file comes from: no mapping document is nested that deeply.',
  },
  'read/protected': {
    severity: 'error',
    title: 'The workbook is protected with a password',
    help: 'Open it with its password, remove the password and save it again.',
  },
  'read/inflates-too-much': {
    severity: 'error',
    title: 'The uncompressed document would be larger than a limit; it was not opened',
    help: 'Save the sheet with the mappings as CSV, delete everything else from the workbook, or unpack the gzip file if you trust it.',
  },
  'read/foreign-workbook': {
    severity: 'error',
    title: 'The workbook is of a kind that cannot be read here',
    help: 'Open it in a spreadsheet program, and save it as .xlsx or CSV. The command line reads it.',
  },
  'read/stopped': {
    severity: 'error',
    title: 'Reading the document reached a limit of time or memory and was stopped',
    help: 'The document is very large, damaged, or made to hang its readers. If you trust it, raise the limit: --max-seconds, --max-memory.',
  },
  'read/macros': {
    severity: 'info',
    title: 'The workbook contains macros; they were neither run nor read',
    help: 'Cells were read as last saved. Save the workbook as .xlsx if the macros are not needed.',
  },
  'read/number-format': {
    severity: 'info',
    title: 'A number has a format that displays no number; it was read without the format',
    help: 'Compare the cell with what the spreadsheet shows; a usual number format, or text, removes the doubt.',
  },
  'read/stray-quote': {
    severity: 'warning',
    title: 'A cell has text after its closing quote',
    help: 'Double the quotes inside a quoted cell. The text after the quote was kept as text.',
  },
} as const satisfies Record<string, CatalogueEntry>
