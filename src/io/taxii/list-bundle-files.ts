import { lstat, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { compareText } from '../../model/compare-text.js'

/** A file that may hold a bundle. */
export interface ListedFile {
  readonly name: string
  /** When it came to be as it is, in microseconds since 1970. */
  readonly changedAt: number
  /** Tells what it holds now from what it held before, without reading it. */
  readonly signature: string
}

/** What lies in a folder. */
export interface ListedFolder {
  /** When a file was last added to it or taken away, in microseconds since 1970. */
  readonly changedAt: number
  /** The *.json of the folder itself, by name. */
  readonly files: readonly ListedFile[]
}

/** Lists a folder without reading its files. Rejects when that is impossible. */
export async function listBundleFiles(folder: string): Promise<ListedFolder> {
  const { ctimeNs } = await stat(folder, { bigint: true })
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  const files = await Promise.all(names.toSorted(compareText).map(async (name) => listFile(folder, name)))
  return { changedAt: Number(ctimeNs / 1000n), files: files.filter((file) => file !== undefined) }
}

async function listFile(folder: string, name: string): Promise<ListedFile | undefined> {
  const file = path.join(folder, name)
  try {
    const [entry, link] = await Promise.all([stat(file, { bigint: true }), lstat(file, { bigint: true })])
    if (!entry.isFile()) return undefined
    // Not the time of modification: that of a copy, or of an unpacked archive, may be long past. A link may come to lead elsewhere.
    const changed = entry.ctimeNs > link.ctimeNs ? entry.ctimeNs : link.ctimeNs
    const signature = [name, entry.size, entry.mtimeNs, changed, entry.ino].join(' ')
    return { name, changedAt: Number(changed / 1000n), signature }
  } catch {
    // Gone meanwhile, or a link to nothing.
    return undefined
  }
}
