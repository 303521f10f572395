import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { buildCollections } from '../../taxii/server/build-collections.js'
import type { Collection } from '../../taxii/server/collection.js'
import { listBundleFiles, type ListedFolder, loadBundles, type LoadedFiles } from './load-bundles.js'

/** A folder whose bundles are in memory, and stay as its files are. */
export interface KeptFolder {
  readonly collections: () => readonly Collection[]
  /** Looks for changes no more. */
  readonly close: () => void
}

/** Milliseconds between two looks at the folder. What is the same in two of them is settled. */
const interval = 1000
/** How many looks the start waits for a folder that keeps changing. */
const patience = 10

/**
 * Reads the bundles of a folder, and reads those that change anew, once they are settled: the collections are exchanged
 * all at once. The pause between writing and serving is also what dates rely on (docs/decisions/0012-taxii-dates.md).
 * Rejects when the folder can't be read at the start.
 */
export async function keepFolder(folder: string, tell: (message: string) => void): Promise<KeptFolder> {
  let loaded: LoadedFiles = new Map()
  let collections: readonly Collection[] = []
  let served: string | undefined
  let seen: string | undefined

  async function load(listed: ListedFolder): Promise<void> {
    const fresh = await loadBundles(folder, listed.files, loaded, tell)
    if (!fresh) return
    const files = [...fresh.values()].flatMap(({ bundle }) => bundle ?? [])
    const built: Collection[] = []
    for (const collection of buildCollections(files, listed.changedAt, collections)) {
      built.push(collection)
      await nextTurn()
    }
    loaded = fresh
    served = sign(listed)
    collections = built
  }

  async function look(): Promise<void> {
    const listed = await listBundleFiles(folder)
    // What else comes and goes in the folder is no reason to read anything, but it must be settled too.
    const now = `${listed.changedAt}\n${sign(listed)}`
    if (sign(listed) !== served && now === seen) await load(listed)
    seen = now
  }

  await awaitSettled(folder)
  for (let attempt = 0; served === undefined && attempt < patience; attempt += 1) {
    if (attempt > 0) await sleep(interval)
    await load(await listBundleFiles(folder))
  }
  let failure: string | undefined
  let isLooking = false
  async function lookSafely(): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      await look()
      failure = undefined
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== failure) tell(`warning: the folder could not be read (${message}); what it held before is served on\n`)
      failure = message
    }
    isLooking = false
  }
  const timer = setInterval(() => { void lookSafely() }, interval)
  return { collections: () => collections, close: () => { clearInterval(timer) } }
}

/** Waits until what was just written is settled. */
async function awaitSettled(folder: string): Promise<void> {
  for (let attempt = 0; attempt < patience; attempt += 1) {
    const { changedAt, files } = await listBundleFiles(folder)
    const age = Date.now() - Math.max(changedAt, ...files.map((file) => file.changedAt)) / 1000
    // A file from the future tells nothing.
    if (age >= interval || age < -interval) return
    await sleep(interval - Math.max(0, age))
  }
}

function sign({ files }: ListedFolder): string {
  return files.map(({ signature }) => signature).join('\n')
}
