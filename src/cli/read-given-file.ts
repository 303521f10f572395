import type { DiagnosticDetails } from '../diagnostics/diagnostic.js'
import { catalogue, type Code } from '../diagnostics/catalogue.js'
import type { DocumentFile } from '../formats/decoded.js'
import { UsageError } from './usage-error.js'

/** Reads a file that an option names. One that can't be read is a mistake in the command line. */
export async function readGivenFile(flag: string, file: string, maxBytes: number): Promise<DocumentFile> {
  const { readDocument } = await import('../io/read-document.js')
  let reason = ''
  const report = (code: Code, { message, found }: DiagnosticDetails = {}): void => {
    reason = message ?? [catalogue[code].title, found].filter((part) => part !== undefined).join(': ')
  }
  const document = await readDocument({ file, path: file, name: baseName(file) }, maxBytes, report)
  if (!document) throw new UsageError(`${flag} ${file}: ${reason}`)
  return document
}

function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}
