import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { FoundInput } from './find-inputs.js'

/** Reads one file. What can't be read, is no regular file, is empty or too large is reported, and undefined comes back. */
export async function readDocument(input: FoundInput, maxBytes: number, report: Report): Promise<DocumentFile | undefined> {
  const origin = { document: input.path, place: { kind: 'file' } } as const
  try {
    const entry = await stat(input.file)
    if (!entry.isFile()) {
      // A pipe or a device would block for ever, or never end.
      report('read/unreadable', { origin, found: 'something that is not a regular file', expected: 'a file' })
      return undefined
    }
    if (entry.size > maxBytes) {
      report('read/too-large', { origin, found: `${entry.size} bytes`, expected: `at most ${maxBytes} bytes` })
      return undefined
    }
    return createDocumentFile(input.name, input.path, await readFile(input.file), report)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') report('read/unreadable', { message: `${input.path} is a link to nothing`, origin, hint: 'Remove the link, or restore the file that it names.' })
    else report('read/unreadable', { message: `${input.path} could not be read (${code})`, origin })
    return undefined
  }
}

/** Gives bytes a name and a digest. Empty ones are reported, and undefined comes back. */
export function createDocumentFile(name: string, path: string, bytes: Uint8Array, report: Report): DocumentFile | undefined {
  if (bytes.byteLength === 0) {
    report('read/empty', { origin: { document: path, place: { kind: 'file' } } })
    return undefined
  }
  return { name, path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
