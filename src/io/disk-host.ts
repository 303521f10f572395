import { rm } from 'node:fs/promises'
import path from 'node:path'
import { addToList } from '../model/stated.js'
import { collectContent, type Host, KeptError, type OutputChange, type Unplaced, WriteError } from '../pipeline/host.js'
import { createApartEmitter } from './emit-pool.js'
import { attemptWrite, releaseBytes, sha256Of } from './files.js'
import { openRasteriser } from './open-rasteriser.js'
import { type DiskRun, openRun } from './output-run.js'
import { isBelow, parseManifest, readFormer, readListing } from './own-artifacts.js'
import { type InputOptions, listInputs, readInputs } from './read-inputs.js'
import { createApartReader, createForeignReader, type StopLimits } from './worker-pool.js'
import { digestContent, digestFile, writeFileAtomically } from './write-files.js'

/** Options of a disk host. */
export interface DiskOptions extends InputOptions {
  /** Limits of time and memory for reading a document. */
  readonly stop?: StopLimits
  /** Writes and removes nothing. */
  readonly dryRun?: boolean
  /** Also overwrites files of the output folder that no earlier run wrote, or that were changed since: all, or those with these paths. */
  readonly overwrite?: boolean | readonly string[]
}

const manifestName = 'manifest.json'

/**
 * Host that uses the file system: documents are read from the disk, standard input ("-") or
 * an address that the user names, artifacts are written to the output folder.
 * Writing and removing throw `WriteError`; writing over a file that is not ours throws `KeptError`.
 */
export function createDiskHost(options: DiskOptions): Host {
  const { output, dryRun = false, overwrite = false } = options
  const inOutput = (name: string): string => path.join(output, ...name.split('/'))

  function checkName(name: string): void {
    if (!isBelow(output, name)) throw new WriteError(`${name} is not a path inside of ${output}`)
    if (/^\.crosswalk-/i.test(name)) throw new WriteError(`${name} is a name of files of Crosswalk itself`)
  }

  async function change(name: string, action: (file: string) => Promise<void>): Promise<void> {
    // Names are safe when they get here; a fault there must not write elsewhere.
    checkName(name)
    if (!dryRun) await attemptWrite(inOutput(name), () => action(inOutput(name)))
  }

  const free = new Set(typeof overwrite === 'boolean' ? [] : overwrite.map((file) => path.resolve(file)))
  // Digests of what earlier runs and this one wrote, by name. An artifact that a killed run replaced has two.
  let listed: Map<string, string[]> | undefined
  let run: DiskRun | undefined

  /** Throws KeptError if a file with an artifact's name has other content and was not written by us, or was changed since. */
  async function keepOthers(name: string, sha256: string): Promise<void> {
    if (overwrite === true || free.has(path.resolve(inOutput(name)))) return
    const found = await digestFile(inOutput(name))
    if (found === undefined || found === sha256) return
    if (name === manifestName) {
      if ((await parseManifest(inOutput(name))) !== undefined) return
      throw new KeptError(`${inOutput(name)} was not written by Crosswalk and was kept; the list of artifacts was not written`)
    }
    listed ??= await listDigests(inOutput(manifestName))
    const written = listed.get(name)
    if (written?.includes(found) === true) return
    const reason = written === undefined ? 'no earlier run that is listed in its folder wrote it' : 'it was changed since an earlier run wrote it'
    throw new KeptError(`${inOutput(name)} was kept, because ${reason}; the artifact with this name was not written`)
  }

  /** Commits a run; without its manifests, if the manifest of another program is in their place. */
  async function commitRun(opened: DiskRun, changes: OutputChange): Promise<readonly Unplaced[]> {
    const { manifest, interim: _interim, ...others } = changes
    for (const name of changes.removed) checkName(name)
    try {
      if (manifest) await keepOthers(manifestName, sha256Of(manifest))
    } catch (cause) {
      if (!(cause instanceof KeptError)) throw cause
      const unplaced = await opened.commit(others, inOutput(manifestName), inOutput)
      await opened.settle()
      return [...unplaced, { name: manifestName, cause }]
    }
    return opened.commit(changes, inOutput(manifestName), inOutput)
  }

  return {
    readDocuments: (inputs, report) => readInputs(inputs, options, report),
    listDocuments: (inputs, report) => listInputs(inputs, options, report),
    async writeArtifact(name, content) {
      checkName(name)
      if (run && name !== manifestName) return run.stage(name, content, (sha256) => keepOthers(name, sha256))
      if (dryRun) {
        const written = await digestContent(content)
        await keepOthers(name, written.sha256)
        return written
      }
      // Outside of a run, only reports and manifests are written, which are small.
      const bytes = await collectContent(content)
      const sha256 = sha256Of(bytes)
      await keepOthers(name, sha256)
      await change(name, (file) => writeFileAtomically(file, bytes))
      if (name === manifestName) await run?.settle()
      if (listed) addToList(listed, name, sha256)
      return { sha256, size: bytes.byteLength }
    },
    async readFormer() {
      listed = undefined
      return readFormer(output, inOutput(manifestName))
    },
    dryRun,
    ...(!dryRun && {
      async openRun() {
        const opened = await openRun(output)
        run = opened
        // A run that was killed before the first of its artifacts had its place left nothing to list.
        const isEmpty = opened.recovered && (await readFormer(output, inOutput(manifestName))).artifacts.length === 0
        if (isEmpty) await opened.settle()
        return {
          recovered: opened.recovered && !isEmpty,
          commit: (changes) => commitRun(opened, changes),
          close() {
            run = undefined
            return opened.close()
          },
        }
      },
    }),
    releaseBytes,
    openRasteriser,
    readForeignWorkbook: createForeignReader(options.stop),
    openApartReader: (sources) => createApartReader(sources, options.stop),
    openApartEmitter: createApartEmitter,
    removeArtifact: (name) => change(name, (file) => rm(file, { force: true })),
    ...(options.limits && { limits: options.limits }),
    ...(options.progress && { progress: options.progress }),
  }
}

/** The digests of an artifact by its name. */
async function listDigests(manifestFile: string): Promise<Map<string, string[]>> {
  const digests = new Map<string, string[]>()
  const { artifacts } = await readListing(path.dirname(manifestFile), manifestFile)
  for (const { name, sha256 } of artifacts) addToList(digests, name, sha256)
  return digests
}
