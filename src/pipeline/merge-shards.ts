import { countNoun } from '../diagnostics/counts-in-words.js'
import { createDiagnosticLog, type Diagnostic, type DiagnosticLog, type Report } from '../diagnostics/diagnostic.js'
import { addToList } from '../model/stated.js'
import { compareText } from '../model/text.js'
import { tool } from '../model/tool.js'
import { schemaErrors } from '../schemas/schema-errors.js'
import { type Host, KeptError, OutputError, WriteError } from './host.js'
import { documentsOf, type Former, type Manifest, type ManifestArtifact, type ReadDocument, type ShardRecord } from './manifest.js'
import { commitArtifacts, openOutput, type Output } from './write.js'

/** The output of a shard. */
export interface ShardFolder {
  /** As the user named it. */
  readonly path: string
  /** Absent if the folder has none of ours. */
  readonly manifest: Manifest | undefined
  /** A run is writing to the folder, or was killed while it did. */
  readonly isUnfinished: boolean
  /** The bytes of an artifact; undefined if it cannot be read. */
  read(name: string): Promise<Uint8Array | undefined>
}

/** A shard whose run was finished. */
interface FinishedShard extends ShardFolder {
  readonly manifest: Manifest
  readonly record: ShardRecord
}

/** The result of a merge. */
export interface MergeReport {
  readonly artifacts: readonly ManifestArtifact[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Unites the outputs of all shards of a run in the output of the host, as the run without shards would have written it; or nothing of them. */
export async function mergeShards(folders: readonly ShardFolder[], prune: boolean, host: Host): Promise<MergeReport> {
  const log = createDiagnosticLog()
  const shards = checkShards(await Promise.all(folders.map(validateManifest)), log.report)
  if (!shards) return { artifacts: [], diagnostics: log.entries }
  const documents = uniteSources(shards, log.report)
  const origins = uniteArtifacts(shards, log.report)
  const artifacts = !documents || !origins ? [] : await openOutput(host, log, async ({ former, run }) => {
    if (!prune && reportTaken(former, origins, log.report)) return []
    const output: Output = { former, run, prune, planned: origins.size }
    const staged = run && await stageArtifacts(origins, host, log)
    if (!staged) return []
    reportErrors(shards, log.report)
    return commitArtifacts(staged, documents, output, host, log)
  })
  return { artifacts, diagnostics: log.entries }
}

/** A manifest that does not match its schema counts as none: anyone may have edited it. */
async function validateManifest(folder: ShardFolder): Promise<ShardFolder> {
  const { manifest } = folder
  return manifest && (await schemaErrors('manifest', manifest)).length > 0 ? { ...folder, manifest: undefined } : folder
}

/** The shards in order, if they are all of one run, each once. Reports what is wrong otherwise. */
function checkShards(folders: readonly ShardFolder[], report: Report): readonly FinishedShard[] | undefined {
  const shards = folders.flatMap((folder): readonly FinishedShard[] => {
    const { path, manifest, isUnfinished } = folder
    const record = manifest?.shard
    if (manifest && record && !isUnfinished) return [{ ...folder, manifest, record }]
    const reason = isUnfinished ? 'a run is writing to it, or was killed while it did'
      : manifest ? 'its manifest.json says of no shard, or of one that could not write all of its artifacts' : 'it has no manifest.json of Crosswalk'
    report('shards/unfinished', { message: `${path} is not the output of a finished shard: ${reason}` })
    return []
  })
  const [first] = shards
  if (!first || shards.length < folders.length) return undefined
  const different = shards.flatMap((shard) => describeDifference(shard, first) ?? [])
  for (const message of different) report('shards/different', { message })
  if (different.length > 0) return undefined
  return checkNumbers(shards, first.record.of, report) ? shards.toSorted((a, b) => a.record.nth - b.record.nth) : undefined
}

/** Why a shard does not belong to the run of the first one; undefined if it does. */
function describeDifference({ path, manifest, record }: FinishedShard, first: FinishedShard): string | undefined {
  const { version } = manifest.tool
  if (version !== tool.version) return `${path} was made by version ${version}, and this is ${tool.version}`
  if (record.of !== first.record.of) return `${path} is one of ${record.of} shards, and ${first.path} one of ${first.record.of}`
  const [settings, others] = [record.settings, first.record.settings]
  const name = [...Object.keys(settings), ...Object.keys(others)].find((key) => JSON.stringify(settings[key]) !== JSON.stringify(others[key]))
  if (name !== undefined) return `${path} was made with ${name} ${showSetting(settings[name])}, and ${first.path} with ${showSetting(others[name])}`
  const [own, other] = [record.inputs, first.record.inputs]
  if (own.documents !== other.documents) return `${path} was made from ${countNoun(own.documents, 'document')}, and ${first.path} from ${other.documents}`
  return own.sha256 === other.sha256 ? undefined : `${path} and ${first.path} were made from documents with other names or sizes`
}

function showSetting(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}

/** Whether each number is there once. */
function checkNumbers(shards: readonly FinishedShard[], of: number, report: Report): boolean {
  const byNumber = new Map<number, FinishedShard[]>()
  for (const shard of shards) addToList(byNumber, shard.record.nth, shard)
  const twice = [...byNumber].filter(([, same]) => same.length > 1)
  for (const [nth, same] of twice) report('shards/different', { message: `${same.map(({ path }) => path).join(' and ')} are both shard ${nth} of ${of}` })
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((nth) => !byNumber.has(nth))
  if (missing.length > 0) {
    const listed = `${missing.slice(0, mostNamed).join(', ')}${missing.length > mostNamed ? ', …' : ''}`
    report('shards/missing', { message: `Of ${countNoun(of, 'shard')}, ${missing.length} ${missing.length === 1 ? 'is' : 'are'} missing: ${listed}` })
  }
  return twice.length === 0 && missing.length === 0
}

/** Shards that a message names. */
const mostNamed = 10

/** The documents of all shards in the order of the run, then the files of the catalogue; undefined if two shards differ in one. */
function uniteSources(shards: readonly FinishedShard[], report: Report): readonly ReadDocument[] | undefined {
  const documents = new Map<number, { readonly source: Manifest['sources'][number]; readonly path: string }>()
  const known = new Map<string, Manifest['sources'][number]>()
  let different: string | undefined
  for (const { path, manifest: { sources }, record: { positions, inputs } } of shards) {
    const count = positions?.length ?? inputs.documents
    for (const [index, source] of sources.entries()) {
      if (index >= count) {
        known.set(`${source.name} ${source.sha256}`, source)
        continue
      }
      const position = positions?.[index] ?? index
      const other = documents.get(position)
      if (!other) documents.set(position, { source, path })
      else if (JSON.stringify(other.source) !== JSON.stringify(source)) {
        different ??= `${path} was made from another ${source.name} than ${other.path}`
      }
    }
  }
  if (different !== undefined) {
    report('shards/different', { message: different })
    return undefined
  }
  const ordered = [...documents].toSorted(([a], [b]) => a - b).map(([, { source }]) => source)
  return [...ordered, ...known.values()].map(({ name, sha256, parser, rows }) => ({ file: { name, sha256 }, rows, ...(parser !== undefined && { parser }) }))
}

/** Where each artifact is; undefined if two shards have one of the same name. */
function uniteArtifacts(shards: readonly FinishedShard[], report: Report): ReadonlyMap<ManifestArtifact, FinishedShard> | undefined {
  const origins = new Map<ManifestArtifact, FinishedShard>()
  const names = new Map<string, FinishedShard>()
  let isUnique = true
  for (const shard of shards) {
    for (const artifact of shard.manifest.artifacts) {
      const other = names.get(artifact.name.toLowerCase())
      if (other) report('shards/different', { message: `${shard.path} and ${other.path} both have the artifact ${artifact.name}` })
      isUnique &&= !other
      names.set(artifact.name.toLowerCase(), shard)
      origins.set(artifact, shard)
    }
  }
  return isUnique ? new Map([...origins].toSorted(([a], [b]) => compareText(a.name, b.name))) : undefined
}

/** Whether an artifact has the name of one that an earlier run made of other documents. A run without shards names its own otherwise. */
function reportTaken(former: Former, origins: ReadonlyMap<ManifestArtifact, unknown>, report: Report): boolean {
  const owners = new Map(former.artifacts.map((artifact) => [artifact.name.toLowerCase(), Object.keys(documentsOf(artifact, former))]))
  const taken = [...origins.keys()].filter(({ name, documents = {} }) => {
    const others = owners.get(name.toLowerCase()) ?? []
    return others.length > 0 && !others.some((one) => Object.hasOwn(documents, one))
  })
  for (const { name } of taken) report('shards/taken', { message: `The output folder has an artifact ${name} of other documents; nothing was written`, subject: name })
  return taken.length > 0
}

/** Copies artifacts to the output, where they wait for the commit; undefined, and reported, if one is not what its shard lists. */
async function stageArtifacts(
  origins: ReadonlyMap<ManifestArtifact, FinishedShard>, host: Host, { report }: DiagnosticLog,
): Promise<readonly ManifestArtifact[] | undefined> {
  const staged: ManifestArtifact[] = []
  let isTrue = true
  let done = 0
  for (const [artifact, shard] of origins) {
    const { name, sha256, size } = artifact
    const bytes = await shard.read(name)
    try {
      const written = bytes && await host.writeArtifact(name, bytes)
      if (written?.sha256 === sha256 && written.size === size) staged.push(artifact)
      else {
        isTrue = false
        report('shards/changed', { message: `${name} of ${shard.path} ${bytes ? 'is not as its manifest lists it' : 'is missing'}`, subject: name })
      }
    } catch (cause) {
      if (!(cause instanceof WriteError)) throw cause
      report(cause instanceof KeptError ? 'emit/kept' : 'emit/unwritable', { message: cause.message, subject: name })
      if (cause instanceof OutputError) return undefined
    }
    host.progress?.('Merging', done += 1, origins.size)
  }
  return isTrue ? staged : undefined
}

/** Errors of shards are errors of the run: what earlier runs wrote is kept then, as without shards. */
function reportErrors(shards: readonly FinishedShard[], report: Report): void {
  for (const { path, record: { errors } } of shards) {
    if (errors > 0) report('shards/errors', { message: `${path} was made with ${countNoun(errors, 'error')}`, count: errors })
  }
}
