import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { WriteError, type World } from '../world.js'
import { findInputs, type FoundInput } from './find-inputs.js'
import { leaveOwnArtefacts } from './leave-own-artefacts.js'
import { createDocumentFile, readDocument } from './read-document.js'
import { openRasteriser } from './open-rasteriser.js'
import { readFormer } from './read-former.js'
import { writeFileAtomically } from './write-file-atomically.js'

/** How to use the disk. */
export interface DiskOptions {
  /** The folder to write below. */
  readonly output: string
  /** Extensions (lower case, no dot) of the files to read out of folders. */
  readonly extensions: Iterable<string>
  /** The largest file to read, in bytes; 256 MiB when absent. */
  readonly maxBytes?: number
  /** Nothing is written. */
  readonly dryRun?: boolean
  readonly progress?: (stage: string, done: number, total: number) => void
}

const manifestName = 'manifest.json'
const defaultMaxBytes = 256 * 1024 * 1024

/** The world as files: documents are read from the disk or standard input ("-"), artefacts written below a folder. */
export function createDiskWorld(options: DiskOptions): World {
  const { output, dryRun = false, maxBytes = defaultMaxBytes } = options
  const inOutput = (name: string): string => path.join(output, ...name.split('/'))

  async function change(name: string, action: (file: string) => Promise<void>): Promise<void> {
    if (dryRun) return
    try {
      await action(inOutput(name))
    } catch (error) {
      throw new WriteError(`${inOutput(name)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }

  return {
    async readDocuments(inputs, report) {
      const found = await findInputs(inputs.filter((input) => input !== '-'), new Set(options.extensions), report)
      const files = await leaveOwnArtefacts(found, output, inOutput(manifestName), report)
      return readDocuments(files, inputs.includes('-'), maxBytes, report)
    },
    async writeArtifact(name, bytes) {
      await change(name, (file) => writeFileAtomically(file, bytes))
      return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.byteLength }
    },
    // Nothing is removed by a dry run, so that nothing is told to be.
    readFormer: async (except) => (dryRun ? { artefacts: [], sources: [] } : readFormer(output, inOutput(manifestName), except)),
    openRasteriser,
    removeArtifact: (name) => change(name, (file) => rm(file, { force: true })),
    ...(options.progress && { progress: options.progress }),
  }
}

async function readDocuments(
  files: readonly FoundInput[],
  withStandardInput: boolean,
  maxBytes: number,
  report: Report,
): Promise<readonly DocumentFile[]> {
  const documents: DocumentFile[] = []
  for (const file of files) {
    const document = await readDocument(file, maxBytes, report)
    if (document) documents.push(document)
  }
  if (withStandardInput) {
    const document = createDocumentFile('stdin', 'stdin', await buffer(process.stdin), report)
    if (document) documents.push(document)
  }
  return documents
}
