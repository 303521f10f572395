import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ArtifactContent, WrittenFile } from '../pipeline/host.js'
import { makeFolder } from './files.js'
import { sweepFolder, temporaryName } from './temporary-files.js'

/**
 * Writes a file atomically: to a temporary file in the same folder, flushed to disk, then renamed. Creates missing folders; removes what
 * killed runs left in the folder. A device or a pipe is written to, not replaced. `mode`: the permissions of the file, if it must keep
 * those that it has.
 */
export async function writeFileAtomically(file: string, content: ArtifactContent, mode?: number): Promise<void> {
  const folder = path.dirname(file)
  if (await isDevice(file)) return writeFile(file, content)
  await makeFolder(folder)
  await sweepFolder(folder)
  const temporary = path.join(folder, temporaryName())
  await writeNewFile(temporary, content, { flush: true, ...(mode !== undefined && { mode }) })
  try {
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** How a new file is written. */
interface NewFileOptions {
  /** Flushes it to disk. */
  readonly flush?: boolean
  readonly mode?: number
  /** Performs each action on the disk, to turn its failures into others. What making the content throws is never such a failure. */
  readonly attempt?: <Result>(action: () => Promise<Result>) => Promise<Result>
}

/** Writes a file that does not exist yet, chunk by chunk; of a failure nothing stays. A file or link that exists is not written to. */
export async function writeNewFile(file: string, content: ArtifactContent, options: NewFileOptions = {}): Promise<WrittenFile> {
  const { flush = false, mode, attempt = (action) => action() } = options
  const handle = await attempt(() => open(file, 'wx'))
  try {
    const digest = createDigest()
    try {
      for await (const chunk of chunksOf(content)) {
        digest.add(chunk)
        await attempt(() => handle.writeFile(chunk))
      }
      if (mode !== undefined) await attempt(() => handle.chmod(mode))
      if (flush) await attempt(() => handle.sync())
    } finally {
      await attempt(() => handle.close())
    }
    return digest.end()
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

/** Files that are flushed to disk at the same time. */
const flushers = 8

/** Flushes files to disk, all before any of them gets its name. */
export async function flushAll(files: readonly string[]): Promise<void> {
  const rest = files.values()
  await Promise.all(Array.from({ length: flushers }, async () => {
    for (const file of rest) {
      const handle = await open(file, 'r+')
      await handle.sync().finally(() => handle.close())
    }
  }))
}

/** Size and digest of content that is written nowhere. */
export async function digestContent(content: ArtifactContent): Promise<WrittenFile> {
  const digest = createDigest()
  for await (const chunk of chunksOf(content)) digest.add(chunk)
  return digest.end()
}

/** SHA-256 digest of a file in lower-case hex; undefined if it cannot be read. */
export async function digestFile(file: string): Promise<string | undefined> {
  try {
    return (await digestContent(createReadStream(file, { highWaterMark: 1 << 20 }))).sha256
  } catch {
    return undefined
  }
}

function createDigest() {
  const hash = createHash('sha256')
  let size = 0
  return {
    add(chunk: Uint8Array): void {
      hash.update(chunk)
      size += chunk.byteLength
    },
    end: (): WrittenFile => ({ sha256: hash.digest('hex'), size }),
  }
}

/** The chunks of content: bytes that are there already are one. */
export function chunksOf(content: ArtifactContent): AsyncIterable<Uint8Array> | readonly Uint8Array[] {
  return content instanceof Uint8Array ? [content] : content
}

/** Whether a path is that of a device, pipe or socket. */
async function isDevice(file: string): Promise<boolean> {
  const entry = await stat(file).catch(() => undefined)
  return entry !== undefined && !entry.isFile() && !entry.isDirectory()
}

/** Replaces the content of a file, or of the target of a link, atomically. Its permissions stay. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const real = await realpath(file)
  await writeFileAtomically(real, bytes, (await stat(real)).mode)
}
