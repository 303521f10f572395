import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ArtifactContent, BusyError, OutputError, type OutputChange, type Unplaced, WriteError, type WrittenFile } from '../pipeline/host.js'
import { attemptWrite, errorCode, explainFailure, fileExists, makeFolder } from './files.js'
import { findProcess, ownTag, silenceOf, sweepFolder, temporaryName } from './temporary-files.js'
import { flushAll, writeFileAtomically, writeNewFile } from './write-files.js'

/**
 * The folder of a run, in its output (docs/decisions/0021): a file that names its process and so locks the output; artifacts until all are
 * made; and, while they are put in their places, a journal of them. It is gone when the run has ended, unless it was killed.
 */
export const runFolder = '.crosswalk-run'
export const journalName = 'journal.json'

const ownerStart = 'owner-'
/** The owner of a folder whose run ended without a manifest, because the disk was full: its journal is for the next run. */
const noOwner = `${ownerStart}ended`
/** Milliseconds between signs of life, and without one after which a run of another machine counts as killed. */
const [interval, longestSilence] = [20_000, 120_000]
const attempts = 50

/** A run on the disk. Its functions throw OutputError. */
export interface DiskRun {
  /** A killed run left a journal. */
  readonly recovered: boolean
  /**
   * Keeps the content of an artifact until `commit`; the last of a name counts. Nothing of it is kept if making it throws, or `check`, which
   * is called with its digest.
   */
  stage(name: string, content: ArtifactContent, check: (sha256: string) => Promise<void>): Promise<WrittenFile>
  /** As `OutputRun.commit`. `place`: the path of an artifact. */
  commit(change: OutputChange, manifest: string, place: (name: string) => string): Promise<readonly Unplaced[]>
  /** Removes the journal, once the manifest lists all artifacts. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Locks an output folder, which is created if it is missing. Throws BusyError if another run is writing to it, and WriteError. */
export async function openRun(output: string): Promise<DiskRun> {
  const root = path.resolve(output)
  const folder = path.join(root, runFolder)
  const owner = path.join(folder, ownerStart + ownTag())
  const journal = path.join(folder, journalName)
  const created = await attemptWrite(output, () => makeFolder(root))
  try {
    await lock(output, root, folder, owner)
  } catch (error) {
    await removeCreated(root, created)
    throw error
  }
  const timer = setInterval(() => { void signLife(owner) }, interval).unref()
  const staged = new Map<string, string>()
  let isPending = await fileExists(journal)
  let hasChanged = isPending

  async function settle(): Promise<void> {
    await rm(journal, { force: true })
    isPending = false
  }

  return {
    recovered: isPending,
    settle,
    async stage(name, content, check) {
      const file = newName(folder)
      // Flushed together with the others, before any of them gets its name.
      const written = await writeNewFile(file, content, { attempt: (action) => attemptAll(output, action) })
      await check(written.sha256).catch(async (cause: unknown) => {
        await rm(file, { force: true })
        throw cause
      })
      const former = staged.get(name)
      if (former !== undefined) await rm(former, { force: true })
      staged.set(name, file)
      return written
    },
    async commit({ interim, manifest, removed, ...change }, manifestFile, inOutput) {
      const [written, next, last] = [newName(folder), newName(folder), newName(folder)]
      await attemptAll(output, async () => {
        await flushAll([...staged.values()])
        if (manifest) await writeNewFile(last, manifest, { flush: true })
        if (interim) await writeNewFile(next, interim, { flush: true })
        await writeNewFile(written, change.journal, { flush: true })
      })
      if (!await fileExists(owner)) throw new BusyError(`${output}: another run took this one for killed, and writes to the folder now`)
      await attemptAll(output, () => rename(written, journal))
      isPending = true
      hasChanged = true
      if (interim) await attemptWrite(manifestFile, () => rename(next, manifestFile))
      const unplaced: Unplaced[] = []
      const tryTo = async (name: string, action: () => Promise<void>): Promise<void> => {
        try {
          await attemptWrite(inOutput(name), action)
        } catch (cause) {
          if (!(cause instanceof WriteError)) throw cause
          unplaced.push({ name, cause })
        }
      }
      for (const [name, file] of staged) await tryTo(name, () => placeFile(file, inOutput(name)))
      if (unplaced.length === 0) for (const name of removed) await tryTo(name, () => rm(inOutput(name), { force: true }))
      if (unplaced.length > 0 || !manifest) return unplaced
      await attemptWrite(manifestFile, () => rename(last, manifestFile))
      await settle()
      return []
    },
    async close() {
      clearInterval(timer)
      if (!await fileExists(owner)) return
      if (isPending) {
        await clear(folder)
        await rename(owner, path.join(folder, noOwner)).catch(() => undefined)
        return
      }
      // Moved first, so that the lock is gone at once and as a whole.
      const litter = path.join(root, temporaryName())
      const rest = await rename(folder, litter).then(() => litter, () => folder)
      await rm(rest, { recursive: true, force: true }).catch(() => undefined)
      if (!hasChanged) await removeCreated(root, created)
    },
  }
}

/** Performs an action without which nothing of the run is written. Throws OutputError. */
async function attemptAll<Result>(output: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action()
  } catch (cause) {
    throw new OutputError(`${output}: ${explainFailure(cause)}; nothing of this run was written, and what was there is unchanged`, { cause })
  }
}

/** Gives a staged artifact its name. */
async function placeFile(file: string, target: string): Promise<void> {
  await makeFolder(path.dirname(target))
  try {
    await rename(file, target)
  } catch (error) {
    // A folder of the output may be a link to another disk.
    if (errorCode(error) !== 'EXDEV') throw error
    await writeFileAtomically(target, createReadStream(file))
  }
}

function newName(folder: string): string {
  return path.join(folder, `${randomUUID()}.tmp`)
}

/** Makes the folder of a run ours: with its owner in it, so that there is none without one; or that of a killed run, by renaming its owner. */
async function lock(output: string, root: string, folder: string, owner: string): Promise<void> {
  await sweepFolder(root)
  const prepared = path.join(root, temporaryName())
  try {
    await attemptWrite(output, async () => {
      await mkdir(prepared)
      await writeFile(path.join(prepared, path.basename(owner)), ownerText())
    })
    for (let nth = 0; nth < attempts; nth += 1) {
      if (await takesPlace(prepared, folder) || await takesOver(output, folder, owner)) return
      await sleep(nth)
    }
    throw new BusyError(`${path.join(output, runFolder)} is in the way: it is not the folder of a run. Remove it`)
  } finally {
    await rm(prepared, { recursive: true, force: true })
  }
}

/** Whether a prepared folder became that of the run; false if there is one. */
async function takesPlace(prepared: string, folder: string): Promise<boolean> {
  try {
    await rename(prepared, folder)
    return true
  } catch (error) {
    if (await fileExists(folder)) return false
    throw new WriteError(`${folder}: ${explainFailure(error)}`, { cause: error })
  }
}

/** Whether the folder of a killed run was taken over, and emptied but for its journal. Throws BusyError if its run is going on. */
async function takesOver(output: string, folder: string, owner: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  const found = names.find((name) => name.startsWith(ownerStart))
  if (found === undefined) {
    // Another run is just removing it.
    await rmdir(folder).catch(() => undefined)
    return false
  }
  const file = path.join(folder, found)
  const state = found === noOwner ? 'ended' : await findProcess(found.slice(ownerStart.length))
  if (state === 'running' || (state === 'unknown' && await silenceOf(file, folder) < longestSilence)) {
    throw new BusyError(`${output}: another run is writing to this folder (${await describeOwner(file)})`)
  }
  try {
    await rename(file, owner)
  } catch {
    return false
  }
  await clear(folder)
  await signLife(owner)
  return true
}

/** Removes the staged artifacts from the folder of a run. */
async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.endsWith('.tmp')) await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function ownerText(): string {
  return `process ${process.pid} on ${hostname()}\n`
}

function describeOwner(file: string): Promise<string> {
  return readFile(file, 'utf8').then((text) => text.trim().slice(0, 200), () => '')
}

/** Says that this run is going on, unless its folder was taken over. */
async function signLife(owner: string): Promise<void> {
  try {
    const handle = await open(owner, 'r+')
    await handle.truncate().then(() => handle.writeFile(ownerText())).finally(() => handle.close())
  } catch {
    // Another run has taken the folder over, which `commit` notices; or the disk is full.
  }
}

/** Removes the folders that a run created for its output, if they are empty. */
async function removeCreated(root: string, created: string | undefined): Promise<void> {
  if (created === undefined) return
  for (let folder = root; folder.startsWith(created); folder = path.dirname(folder)) {
    const isEmpty = await rmdir(folder).then(() => true, () => false)
    if (!isEmpty) return
  }
}
