import type { CatalogueEntry } from './entry.js'

/** Getting at the bytes of a document. */
export const readEntries = {
  'read/not-found': {
    severity: 'error',
    title: 'No such file or folder',
    help: 'Check the path; quote globs so that the shell does not expand them to nothing.',
  },
  'read/unreadable': {
    severity: 'error',
    title: 'The file could not be read',
    help: 'Check the permissions of the file and of the folders above it.',
  },
  'read/empty': { severity: 'error', title: 'The file is empty', help: 'Save the document again; nothing was read from it.' },
  'read/too-large': {
    severity: 'error',
    title: 'The file is larger than the limit',
    help: 'Raise the limit with --max-size (in megabytes) if you trust the file.',
  },
  'read/binary': {
    severity: 'error',
    title: 'The file is not text and not a format that can be read',
    help: '`crosswalk formats` lists what can be read. Text in UTF-16 needs its byte order mark: save it as UTF-8.',
  },
  'read/web-archive': {
    severity: 'error',
    title: 'The page was saved as a web archive (.mhtml, .mht or .webarchive), which is not read',
    help: 'Save the page again as "Webpage, HTML only" or "Webpage, complete".',
  },
  'read/encoding': {
    severity: 'warning',
    title: 'The text is not valid UTF-8',
    help: 'Save the document as UTF-8. Bytes that could not be decoded stand as U+FFFD.',
  },
  'read/folder-as-file': {
    severity: 'error',
    title: 'A folder has the name of a document',
    help: 'Browsers save a page with a folder beside it; name the folder itself as an input if documents are in it.',
  },
  'read/skipped': {
    severity: 'info',
    title: 'A file was passed over',
    help: 'Name the file itself to have it read whatever its extension.',
  },
  'read/no-input': { severity: 'error', title: 'Nothing to read', help: 'Name files, folders or globs that hold documents.' },
  'read/malformed': {
    severity: 'error',
    title: 'The file is not well-formed',
    help: 'The file may be cut off or damaged; save or download it again.',
  },
  'read/duplicate-name': {
    severity: 'warning',
    title: 'A name stands twice in one object; the last value counts',
    help: 'Remove one of them.',
  },
  'read/too-deep': {
    severity: 'error',
    title: 'The document is nested deeper than the limit',
    help: 'No mapping document nests that deep; the file is not one, or it is hostile.',
  },
  'read/protected': {
    severity: 'error',
    title: 'The workbook is protected with a password',
    help: 'Open it with its password, remove the password, and save it again.',
  },
  'read/inflates-too-much': {
    severity: 'error',
    title: 'The workbook would inflate to more than the limit and was not opened',
    help: 'Save the sheet with the mappings as CSV, or delete what the workbook holds beside it.',
  },
  'read/macros': {
    severity: 'info',
    title: 'The workbook holds macros; they were neither run nor read',
    help: 'Cells were read as they were last saved. Save the workbook as .xlsx if the macros are not needed.',
  },
  'read/stray-quote': {
    severity: 'warning',
    title: 'A cell goes on after its closing quote',
    help: 'Quotes inside a quoted cell must be doubled. What follows the quote was read as text.',
  },
} as const satisfies Record<string, CatalogueEntry>
