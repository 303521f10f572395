import { lstat, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { compareText } from '../../model/text.js'
import type { BundleFile } from '../../taxii/server/collection.js'
import { splitBundle } from '../../taxii/server/split-bundle.js'

/** Result of reading a file last time. */
interface LoadedFile {
  readonly signature: string
  /** Absent if the file has none. A file that became invalid keeps its previous bundle. */
  readonly bundle?: BundleFile
}

/** Loaded files by name. */
export type LoadedFiles = ReadonlyMap<string, LoadedFile>

/** Maximum number of names listed in the message about files that are not bundles. */
const maxNames = 5

/**
 * Reads the files that have changed; others are taken from `former`. `print` gets a message for each unusable file. Undefined if a file
 * changes while it is read: the caller tries again later.
 */
export async function loadBundles(
  folder: string, listed: readonly ListedFile[], former: LoadedFiles, print: (message: string) => void,
): Promise<LoadedFiles | undefined> {
  const loaded = new Map<string, LoadedFile>()
  const messages: string[] = []
  const others: string[] = []
  for (const file of listed) {
    const known = former.get(file.name)
    if (known?.signature === file.signature) {
      loaded.set(file.name, known)
      continue
    }
    const read = await readBundleFile(folder, file)
    if (read.kind === 'changing') return undefined
    if (read.kind === 'bundle') {
      loaded.set(file.name, { signature: file.signature, bundle: read.bundle })
      continue
    }
    loaded.set(file.name, { signature: file.signature, ...(known?.bundle && { bundle: known.bundle }) })
    if (!read.isBundle && !known?.bundle) others.push(file.name)
    else {
      const result = known?.bundle ? 'its previous content is still served' : 'it is not served'
      messages.push(`warning: ${neutralise(file.name)} ${read.problem}; ${result}\n`)
    }
  }
  for (const message of messages) print(message)
  if (others.length > 0) print(describeOthers(others))
  return loaded
}

function describeOthers(names: readonly string[]): string {
  const listed = names.slice(0, maxNames).map(neutralise).join(', ')
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : ''
  return `Skipped, not STIX bundles: ${listed}${more}\n`
}

/** A bundle; or why there is none, as a predicate that completes "<file> …"; or that the file changed while it was read. */
type ReadFile =
  | { readonly kind: 'bundle'; readonly bundle: BundleFile }
  | { readonly kind: 'problem'; readonly problem: string; readonly isBundle: boolean }
  | { readonly kind: 'changing' }

/** In bytes: close to the largest buffer that Node.js reads a file into. */
const maxFileBytes = 1_500_000_000

/** Reads and splits a bundle. Yields to the event loop between steps, so that requests are still answered. */
async function readBundleFile(folder: string, { name, changedAt }: ListedFile): Promise<ReadFile> {
  try {
    const bytes = await readWhole(path.join(folder, name))
    if (!bytes) return { kind: 'changing' }
    const steps = splitBundle(bytes)
    for (;;) {
      const step = steps.next()
      if (step.done === true) {
        const split = step.value
        if ('problem' in split) return { kind: 'problem', ...split, isBundle: split.isBundle || name.endsWith('.stix.json') }
        return { kind: 'bundle', bundle: { ...split, name, changedAt, title: split.title ?? name.replace(/(?:\.stix)?\.json$/, '') } }
      }
      await nextTurn()
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { kind: 'problem', problem: `could not be read (${String(error.code)})`, isBundle: true }
  }
}

/** Content of a file; undefined if it changed while it was read. */
async function readWhole(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r')
  try {
    const before = await handle.stat({ bigint: true })
    if (before.size > maxFileBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    const bytes = await handle.readFile()
    const after = await handle.stat({ bigint: true })
    return before.mtimeNs === after.mtimeNs && BigInt(bytes.length) === after.size ? bytes : undefined
  } finally {
    await handle.close()
  }
}

/** A file that may contain a bundle. */
interface ListedFile {
  readonly name: string
  /** Time of the last change, in microseconds since 1970. */
  readonly changedAt: number
  /** Changes whenever the file changes; known without reading it. */
  readonly signature: string
}

/** Listing of a folder. */
export interface ListedFolder {
  /** When a file was last added or removed, in microseconds since 1970. */
  readonly changedAt: number
  /** The *.json files of the folder itself, sorted by name. */
  readonly files: readonly ListedFile[]
}

/** Lists a folder without reading its files. Rejects if the folder cannot be read. */
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
    // ctime, since the mtime of a copied or unpacked file may be long past. A link may get a new target.
    const changed = entry.ctimeNs > link.ctimeNs ? entry.ctimeNs : link.ctimeNs
    const signature = [name, entry.size, entry.mtimeNs, changed, entry.ino].join(' ')
    return { name, changedAt: Number(changed / 1000n), signature }
  } catch {
    // Removed in the meantime, or a broken symbolic link.
    return undefined
  }
}
