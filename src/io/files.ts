import { createHash } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
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
export function createDocumentFile(name: string, filePath: string, bytes: Uint8Array, report: Report): DocumentFile | undefined {
  if (bytes.byteLength === 0) {
    report('read/empty', { origin: { document: filePath, place: { kind: 'file' } } })
    return undefined
  }
  return { name, path: filePath, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Writes a file whole or not at all: a temporary file in the same folder, flushed to the disk, then renamed over it. */
export async function writeFileAtomically(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`)
  try {
    const handle = await open(temporary, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Whether there is anything at a path. */
export async function fileExists(filePath: string): Promise<boolean> {
  return access(filePath).then(() => true, () => false)
}
