import type { LineDraft } from './read-me-sheet.js'

/** Room for those who answer for the workbook; nothing in it is read back. */
export const signOffLines: readonly LineDraft[] = [
  ['blank'],
  ['heading', 'Sign-off'],
  ['header', 'Role', 'Name and signature', 'Remarks', 'Date'],
  ...['Prepared by', 'Reviewed by', 'Approved by'].map((role): LineDraft => ['form', role, undefined, undefined, undefined]),
]
