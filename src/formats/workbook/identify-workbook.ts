import type { Excess, Limits } from '../limits.js'
import { detectForeign, type ForeignKind, foreignKinds } from './foreign-workbook.js'
import { openCompoundFile, surveyBiff } from './survey-xls.js'
import { surveyZip, whyTooLarge, type ZipEntry } from './survey-zip.js'

/** The kind of a workbook, determined without inflating it. */
export type WorkbookKind =
  | { readonly kind: 'xlsx'; readonly macros: boolean; readonly entries: readonly ZipEntry[] }
  | { readonly kind: 'ods'; readonly entries: readonly ZipEntry[] }
  | { readonly kind: 'xls'; readonly macros: boolean; readonly links: readonly ReadonlyMap<string, string>[] }
  | { readonly kind: 'foreign'; readonly foreign: ForeignKind; readonly entries?: readonly ZipEntry[] }
  | { readonly kind: 'none'; readonly because: 'protected' }
  | { readonly kind: 'none'; readonly because: 'damaged'; readonly found?: string; readonly expected?: string }
  | { readonly kind: 'none'; readonly because: 'too-large'; readonly found: string; readonly expected: string }
  | { readonly kind: 'none'; readonly because: 'excess'; readonly excess: Excess }
  | { readonly kind: 'none'; readonly because: 'other'; readonly found: string; readonly hint?: string }

const copyTable = 'Copy its table into a spreadsheet.'

/** Identifies a workbook by its bytes, whatever its extension. */
export function identifyWorkbook(bytes: Uint8Array, limits: Limits): WorkbookKind {
  if (bytes[0] === 0x50) return identifyArchive(bytes, limits)
  const foreign = bytes[0] === 0xd0 ? undefined : detectForeign(bytes)
  return foreign ? { kind: 'foreign', foreign } : identifyCompoundFile(bytes)
}

function identifyArchive(bytes: Uint8Array, limits: Limits): WorkbookKind {
  const entries = surveyZip(bytes, limits.members)
  if (!entries) return { kind: 'none', because: 'damaged' }
  const tooLarge = whyTooLarge(entries, limits)
  if (typeof tooLarge === 'string') return { kind: 'none', because: 'too-large', found: tooLarge, expected: 'members that declare their size' }
  if (tooLarge) return { kind: 'none', because: 'excess', excess: tooLarge }
  const names = new Set(entries.map(({ name }) => name.toLowerCase()))
  const has = (start: string) => entries.some(({ name }) => name.toLowerCase().startsWith(start))
  if (entries.some(({ encrypted }) => encrypted)) return { kind: 'none', because: 'protected' }
  if (names.has('xl/workbook.bin')) return { kind: 'foreign', foreign: foreignKinds.xlsb, entries }
  if (names.has('[content_types].xml') && has('xl/')) return { kind: 'xlsx', macros: names.has('xl/vbaproject.bin'), entries }
  if (has('word/')) return other('a Word document', copyTable)
  if (has('ppt/')) return other('a PowerPoint presentation')
  if (names.has('content.xml')) return identifyOpenDocument(bytes, entries)
  if (has('index/') || names.has('index.zip')) return other('a Numbers document', 'Export it as Excel or CSV.')
  return other('a ZIP archive', 'Unpack it, and give the files in it.')
}

/**
 * OpenDocument 1.3, part 2, section 3.3: the first member is `mimetype`, stored uncompressed, so that its text is at offset 38.
 */
function identifyOpenDocument(bytes: Uint8Array, entries: readonly ZipEntry[]): WorkbookKind {
  const mimetype = entries.find(({ name }) => name === 'mimetype')
  const length = mimetype?.stored === true ? Math.min(mimetype.inflated, 100) : 0
  const type = new TextDecoder().decode(bytes.subarray(38, 38 + length))
  if (type.includes('opendocument') && !type.includes('spreadsheet')) {
    return other('an OpenDocument file other than a spreadsheet', copyTable)
  }
  return { kind: 'ods', entries }
}

function identifyCompoundFile(bytes: Uint8Array): WorkbookKind {
  const file = openCompoundFile(bytes)
  if (!file) return { kind: 'none', because: 'damaged' }
  const has = (name: string) => file.names.includes(name)
  if (has('EncryptedPackage') || has('EncryptionInfo')) return { kind: 'none', because: 'protected' }
  if (has('Workbook') || has('Book')) {
    const stream = file.stream('Workbook') ?? file.stream('Book')
    const survey = stream && surveyBiff(stream)
    if (!survey) return { kind: 'none', because: 'damaged' }
    if (survey.isProtected) return { kind: 'none', because: 'protected' }
    if (survey.version !== 0x0600) return { kind: 'foreign', foreign: foreignKinds.xls }
    return { kind: 'xls', macros: has('_VBA_PROJECT_CUR') || has('VBA'), links: survey.links }
  }
  if (has('WordDocument')) return other('a Word document', copyTable)
  return other('an old Office document other than a workbook')
}

function other(found: string, hint?: string): WorkbookKind {
  return { kind: 'none', because: 'other', found, ...(hint !== undefined && { hint }) }
}
