import { lstat, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { compareText } from '../../model/compare-text.js'
import type { BundleFile } from '../../taxii/server/collection.js'
import { splitBundle } from '../../taxii/server/split-bundle.js'

/** What a file gave when it was last read. */
interface LoadedFile {
  readonly signature: string
  /** Absent when it holds none. A file that broke keeps the bundle that it held before. */
  readonly bundle?: BundleFile
}

/** Files by name. */
export type LoadedFiles = ReadonlyMap<string, LoadedFile>

/** How many names are told of files that are no bundles. */
const toldNames = 5

/**
 * Reads the files that have changed. Undefined when one of them is being written: nothing is known then that could be
 * served.
 */
export async function loadBundles(
  folder: string, listed: readonly ListedFile[], former: LoadedFiles, tell: (message: string) => void,
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
    else messages.push(`warning: ${neutralise(file.name)} ${read.problem}; ${known?.bundle ? 'what it held before is served on' : 'it is left out'}\n`)
  }
  for (const message of messages) tell(message)
  if (others.length > 0) tell(describeOthers(others))
  return loaded
}

function describeOthers(names: readonly string[]): string {
  const told = names.slice(0, toldNames).map(neutralise).join(', ')
  const more = names.length > toldNames ? ` and ${names.length - toldNames} more` : ''
  return `Left out, since they hold no STIX bundle: ${told}${more}\n`
}

/** A bundle; or why a file gives none, in words that follow its name; or that it changed while it was read. */
type ReadFile =
  | { readonly kind: 'bundle'; readonly bundle: BundleFile }
  | { readonly kind: 'problem'; readonly problem: string; readonly isBundle: boolean }
  | { readonly kind: 'changing' }

/** In bytes: what Node reads into one piece of memory is not much more. */
const largestFile = 1_500_000_000

/** Reads a bundle whole, or not at all. Lets others have their turn while it does. */
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

/** Undefined when it changed meanwhile. */
async function readWhole(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r')
  try {
    const before = await handle.stat({ bigint: true })
    if (before.size > largestFile) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    const bytes = await handle.readFile()
    const after = await handle.stat({ bigint: true })
    return before.mtimeNs === after.mtimeNs && BigInt(bytes.length) === after.size ? bytes : undefined
  } finally {
    await handle.close()
  }
}

/** A file that may hold a bundle. */
interface ListedFile {
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
