import { countNoun } from '../diagnostics/counts-in-words.js'
import type { DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import { InvalidArtifactError } from '../emitters/artifact-parts.js'
import type { EmittedArtifact } from './emit.js'
import type { MadeArtifact } from './emit-task.js'
import { BusyError, type Host, KeptError, OutputError, type OutputChange, type OutputRun, type Unplaced, WriteError } from './host.js'
import {
  createJournal, createManifest, documentsOf, encodeManifest, type Former, listAll, listFormer, listUnchanged, type ManifestArtifact, type ReadDocument,
  type ShardRecord, sortFormer,
} from './manifest.js'

/** The output of a run, which nothing else writes to meanwhile. */
interface OpenOutput {
  readonly former: Former
  /** Absent if the output could not be opened, which was reported: then nothing is written. */
  readonly run: OutputRun | undefined
}

/** What a run finds in the output, and does with it. */
export interface Output extends OpenOutput {
  /** Also remove artifacts of documents that are not in this run. */
  readonly prune?: boolean
  /** Estimated number of artifacts, for progress. */
  readonly planned: number
  /** The documents that sets of a shard name: also those that other shards read. */
  readonly named?: readonly ReadDocument['file'][]
  /**
   * The output is that of a shard, which has nothing else: what it records of its run, when all is written; undefined if something could
   * not be.
   */
  readonly shard?: () => ShardRecord | undefined
}

/**
 * Opens the output of a host for one run, and closes it after `work`. If an earlier run was killed while it changed the output, its
 * artifacts are added to the manifest first. Reports an output that cannot be opened, because another run writes to it, for one.
 */
export async function openOutput<T>(host: Host, { report }: DiagnosticLog, work: (output: OpenOutput) => Promise<T>): Promise<T> {
  const run = await openRun(host, report)
  try {
    const former = await host.readFormer()
    if (run?.recovered === true) await host.writeArtifact(manifestName, await listFormer(former)).catch(ignoreWriteError)
    return await work({ former, run })
  } finally {
    await run?.close()
  }
}

async function openRun(host: Host, report: Report): Promise<OutputRun | undefined> {
  if (!host.openRun) return { recovered: false, commit: (change) => commitAtOnce(host, change), close: async () => undefined }
  try {
    return await host.openRun()
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report(codeOf(cause), { message: cause.message })
    return undefined
  }
}

/** Commits on a host whose artifacts are in their places already. */
async function commitAtOnce(host: Host, { removed, manifest }: OutputChange): Promise<readonly Unplaced[]> {
  try {
    for (const name of removed) await host.removeArtifact(name)
    if (manifest) await host.writeArtifact(manifestName, manifest)
    return []
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    return [{ name: manifestName, cause }]
  }
}

/** The next manifest lists what this one could not. */
function ignoreWriteError(cause: unknown): void {
  if (!(cause instanceof WriteError)) throw cause
}

/** Validates and writes artifacts one at a time, as they are made, then puts all in their places, with a manifest. */
export async function writeArtifacts(
  emitted: AsyncIterable<EmittedArtifact>,
  documents: readonly ReadDocument[],
  output: Output,
  host: Host,
  log: DiagnosticLog,
): Promise<readonly ManifestArtifact[]> {
  if (!output.run) return []
  const digests = new Map((output.named ?? documents.map(({ file }) => file)).map(({ name, sha256 }, position) => [name, { sha256, position }]))
  const artifacts: ManifestArtifact[] = []
  try {
    for await (const { artifact, folder, documents: names } of emitted) {
      const written = await writeArtifact(artifact, folder, host, log.report)
      if (written) {
        // A set that was read back also names the documents that it was made from before.
        const sources = [...names].flatMap((name) => {
          const known = digests.get(name)
          return known ? [{ name, ...known }] : []
        }).toSorted((a, b) => a.position - b.position)
        artifacts.push({ ...written, documents: Object.fromEntries(sources.map(({ name, sha256 }) => [name, sha256])) })
      }
      host.progress?.('Writing', artifacts.length, output.planned)
    }
  } catch (cause) {
    if (!(cause instanceof OutputError)) throw cause
    log.report('emit/unwritable', { message: cause.message })
    return []
  }
  return commitArtifacts(artifacts, documents, output, host, log)
}

/** Validates, renders and writes an artifact. Failures are reported; the result is undefined then. Throws OutputError. */
export async function writeArtifact(
  artifact: MadeArtifact,
  folder: string,
  host: Host,
  report: Report,
): Promise<ManifestArtifact | undefined> {
  const { emitter, schema, counts, options } = artifact
  const name = folder === '' ? artifact.name : `${folder}/${artifact.name}`
  try {
    const written = await host.writeArtifact(name, await artifact.content())
    return { name, emitter, schema, ...written, counts, options }
  } catch (cause) {
    if (cause instanceof InvalidArtifactError) {
      report('verify/own-artifact', {
        message: `${name} does not match ${schema}.schema.json and was not written`,
        subject: name,
        found: cause.message,
      })
    } else if (cause instanceof WriteError && !(cause instanceof OutputError)) report(codeOf(cause), { message: cause.message, subject: name })
    else throw cause
    return undefined
  }
}

function codeOf(cause: WriteError): 'emit/kept' | 'emit/busy' | 'emit/unwritable' {
  if (cause instanceof BusyError) return 'emit/busy'
  return cause instanceof KeptError ? 'emit/kept' : 'emit/unwritable'
}

/**
 * Puts the artifacts of a run in their places, unless there are none, and returns those for which that succeeded. Removes and reports
 * artifacts that the same documents made in an earlier run and no longer make; keeps and lists those of other documents (without `prune`)
 * and formats, and all of them after a run with errors.
 */
export async function commitArtifacts(
  artifacts: readonly ManifestArtifact[],
  documents: readonly ReadDocument[],
  { former, prune = false, run, shard }: Output,
  host: Host,
  { report, count }: DiagnosticLog,
): Promise<readonly ManifestArtifact[]> {
  if (!run) return []
  if (artifacts.length === 0 && !shard) {
    // Errors about all inputs say enough.
    if (documents.length > 0 || count('error') === 0) report('emit/nothing')
    return []
  }
  const { stale, foreign, otherFormats } = sortFormer(former, artifacts)
  const failed = count('error') > 0
  const all = [...stale, ...foreign, ...otherFormats]
  const removed = shard ? all : failed ? [] : [...stale, ...(prune ? foreign : [])]
  const gone = new Set(removed)
  const kept = all.filter((artifact) => !gone.has(artifact))
  const manifest = await listAll(artifacts, documents, kept, former, report, shard?.())
  const interim = await listUnchanged(former, artifacts, removed)
  const journal = createJournal(former, createManifest(artifacts, documents))
  let unplaced: readonly Unplaced[]
  try {
    unplaced = await run.commit({
      journal: encodeManifest(journal), removed: removed.map(({ name }) => name), ...(interim && { interim }), ...(manifest && { manifest }),
    })
  } catch (cause) {
    if (!(cause instanceof WriteError)) throw cause
    report(codeOf(cause), { message: cause.message })
    return []
  }
  reportUnplaced(unplaced, report)
  const refused = new Set(unplaced.map(({ name }) => name))
  const placed = artifacts.filter(({ name }) => !refused.has(name))
  reportReplaced(former, placed, report)
  if (unplaced.length === 0 && host.dryRun !== true) {
    for (const { name } of removed) {
      report('emit/stale-removed', { message: `${name} was written by an earlier run, is no longer made, and was removed`, subject: name })
    }
  } else if (unplaced.some(({ name }) => name !== manifestName)) await correctManifest(placed, documents, host, report)
  return placed
}

/** Throws what is not a WriteError. */
function reportUnplaced(unplaced: readonly { readonly name: string; readonly cause: unknown }[], report: Report): void {
  for (const { name, cause } of unplaced) {
    if (!(cause instanceof WriteError)) throw cause
    report(codeOf(cause), { message: cause.message, subject: name })
  }
}

/** Writes the manifest of what is there after some artifacts could not be put in their places, or removed. */
async function correctManifest(
  placed: readonly ManifestArtifact[], documents: readonly ReadDocument[], host: Host, report: Report,
): Promise<void> {
  const former = await host.readFormer()
  const names = new Set(placed.map(({ name }) => name))
  const manifest = await listAll(placed, placed.length > 0 ? documents : [], former.artifacts.filter(({ name }) => !names.has(name)), former, report)
  try {
    if (manifest) await host.writeArtifact(manifestName, manifest)
  } catch (cause) {
    reportUnplaced([{ name: manifestName, cause }], report)
  }
}

const manifestName = 'manifest.json'

/** Reports artifacts of earlier runs that were overwritten by ones of fewer documents, or of other content. */
function reportReplaced(former: Former, artifacts: readonly ManifestArtifact[], report: Report): void {
  const before = new Map(former.artifacts.map((artifact) => [artifact.name, documentsOf(artifact, former)]))
  for (const { name, documents = {} } of artifacts) {
    const entries = Object.entries(before.get(name) ?? {})
    const missing = entries.filter(([document]) => documents[document] === undefined).map(([document]) => document)
    const changed = entries.filter(([document, sha256]) => documents[document] !== undefined && documents[document] !== sha256)
    if (missing.length > 0) {
      const found = missing.length > 3 ? countNoun(missing.length, 'document') : missing.join(', ')
      report('emit/replaced', { message: `${name} was also made of ${found} before, and was overwritten without`, subject: name, found })
    } else if (changed.length > 0) {
      const found = changed.length > 3 ? countNoun(changed.length, 'document') : changed.map(([document]) => document).join(', ')
      report('emit/updated', { message: `${name} was overwritten: ${found} had other content before`, subject: name, found })
    }
  }
}
