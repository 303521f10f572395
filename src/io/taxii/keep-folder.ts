import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { buildCollections } from '../../taxii/server/build-collections.js'
import type { Collection } from '../../taxii/server/collection.js'
import { listBundleFiles, type ListedFolder, loadBundles, type LoadedFiles } from './load-bundles.js'

/** The bundles of a folder in memory, kept up to date with its files. */
export interface KeptFolder {
  readonly collections: () => readonly Collection[]
  /** Stops watching the folder. */
  readonly close: () => void
}

/** Milliseconds between two checks of the folder. Files that are unchanged between two checks are settled. */
const interval = 1000
/** Number of checks that the start waits for a folder that keeps changing. */
const maxAttempts = 10

/**
 * Reads the bundles of a folder, and reloads changed ones once they are settled; all collections are replaced together. The dates in
 * responses rely on the delay between writing and serving (docs/decisions/0012-taxii-dates.md). `print` gets warnings, a line each.
 * Rejects if the folder cannot be read at the start.
 */
export async function keepFolder(folder: string, print: (message: string) => void): Promise<KeptFolder> {
  let loaded: LoadedFiles = new Map()
  let collections: readonly Collection[] = []
  let served: string | undefined
  let seen: string | undefined

  async function load(listed: ListedFolder): Promise<void> {
    const fresh = await loadBundles(folder, listed.files, loaded, print)
    if (!fresh) return
    const files = [...fresh.values()].flatMap(({ bundle }) => bundle ?? [])
    const built: Collection[] = []
    for (const collection of buildCollections(files, listed.changedAt, collections)) {
      built.push(collection)
      await nextTurn()
    }
    loaded = fresh
    served = signatureOf(listed)
    collections = built
  }

  async function check(): Promise<void> {
    const listed = await listBundleFiles(folder)
    // Other files that come and go do not cause a reload, but the folder must be settled.
    const signature = signatureOf(listed)
    const now = `${listed.changedAt}\n${signature}`
    if (signature !== served && now === seen) await load(listed)
    seen = now
  }

  await awaitSettled(folder)
  for (let attempt = 0; served === undefined && attempt < maxAttempts; attempt += 1) {
    if (attempt > 0) await sleep(interval)
    await load(await listBundleFiles(folder))
  }
  let failure: string | undefined
  let isChecking = false
  async function checkSafely(): Promise<void> {
    if (isChecking) return
    isChecking = true
    try {
      await check()
      failure = undefined
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== failure) print(`warning: the folder could not be read (${message}); its previous content is still served\n`)
      failure = message
    }
    isChecking = false
  }
  const timer = setInterval(() => { void checkSafely() }, interval)
  return { collections: () => collections, close: () => { clearInterval(timer) } }
}

/** Waits until files that were just written are settled. */
async function awaitSettled(folder: string): Promise<void> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { changedAt, files } = await listBundleFiles(folder)
    const age = Date.now() - Math.max(changedAt, ...files.map((file) => file.changedAt)) / 1000
    // A time in the future says nothing about the age.
    if (age >= interval || age < -interval) return
    await sleep(interval - Math.max(0, age))
  }
}

function signatureOf({ files }: ListedFolder): string {
  return files.map(({ signature }) => signature).join('\n')
}
