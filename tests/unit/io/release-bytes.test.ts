import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { DocumentFile } from '../../../src/formats/decoded.js'
import { createDiskHost } from '../../../src/io/disk-host.js'

let folder: string
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const largest = 8_000_000

/** Reads a file that is large, or one byte smaller. */
async function open(isLarge: boolean): Promise<{ readonly document: DocumentFile; readonly release: () => void }> {
  await put(isLarge, 'a')
  const host = createDiskHost({ output: path.join(folder, 'out'), extensions: ['txt'] })
  const [document] = await host.readDocuments([folder], createDiagnosticLog().report)
  if (!document) throw new Error('no document')
  return { document, release: () => host.releaseBytes?.(document) }
}

async function put(isLarge: boolean, letter: string): Promise<void> {
  await writeFile(path.join(folder, 'a.txt'), letter.repeat(largest - (isLarge ? 0 : 1)))
}

it('gives up the bytes of large files, and reads them again', async () => {
  const { document, release } = await open(true)
  const { bytes } = document
  expect(document.bytes === bytes).toBe(true)
  release()
  expect(document.bytes === bytes).toBe(false)
  expect(Buffer.compare(document.bytes, bytes)).toBe(0)
})

it('takes a file that was changed or removed since for empty', async () => {
  const { document, release } = await open(true)
  release()
  await put(true, 'b')
  expect(document.bytes.byteLength).toBe(0)
  await rm(path.join(folder, 'a.txt'))
  release()
  expect(document.bytes.byteLength).toBe(0)
})

it('keeps the bytes of others', async () => {
  const { document, release } = await open(false)
  const { bytes } = document
  release()
  await put(false, 'b')
  expect(document.bytes === bytes).toBe(true)
})
