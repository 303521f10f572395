import type { Report } from '../diagnostics/diagnostic.js'
import type { OptionValue } from '../emitters/emitter.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/text.js'
import { isRecord } from '../model/stated.js'
import { tool } from '../model/tool.js'
import { schemaErrors } from '../schemas/schema-errors.js'

/** An artifact that was written: schemas/manifest.schema.json. */
export interface ManifestArtifact {
  /** Relative to the manifest, with forward slashes. */
  readonly name: string
  readonly emitter: string
  readonly schema: string
  readonly sha256: string
  readonly size: number
  readonly counts: Readonly<Record<string, number>>
  readonly options: Readonly<Record<string, OptionValue>>
  /** SHA-256 of the documents that it was made from, by name. Absent in manifests of versions before 0.1.0. */
  readonly documents?: Readonly<Record<string, string>>
}

/** The artifacts of a run and their sources. Without times and absolute paths: the same input gives the same manifest. */
export interface Manifest {
  readonly tool: { readonly name: string; readonly version: string }
  readonly artifacts: readonly ManifestArtifact[]
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly parser?: string; readonly rows: number }[]
  /** Only in the output of a shard: `crosswalk merge` leaves it out. */
  readonly shard?: ShardRecord
}

/** What a shard records of its run, so that only shards of one run are merged. */
export interface ShardRecord {
  readonly nth: number
  readonly of: number
  /** What was asked for, and digests of the files beside the documents. */
  readonly settings: Readonly<Record<string, unknown>>
  /** How many documents all shards have together, and the digest of their names and sizes. */
  readonly inputs: { readonly documents: number; readonly sha256: string }
  /** Where the first sources of the manifest are among all documents of the run; absent if they are all. Then come those of the catalogue. */
  readonly positions?: readonly number[]
  /** Errors that the shard reported. */
  readonly errors: number
}

/** The entries of the manifest that an earlier run left in the output: its artifacts that are still as listed, and their sources. */
export type Former = Pick<Manifest, 'artifacts' | 'sources'>

/** A source, and the result of reading it. */
export interface ReadDocument {
  readonly file: Pick<DocumentFile, 'name' | 'sha256'>
  /** Absent when no parser recognised the document. */
  readonly parser?: string
  readonly rows: number
}

/** Creates a manifest, with artifacts in the order of their names. */
export function createManifest(
  artifacts: readonly ManifestArtifact[], documents: readonly ReadDocument[], shard?: ShardRecord,
): Manifest {
  return {
    tool: { name: tool.name, version: tool.version },
    artifacts: artifacts.toSorted(compareNames),
    sources: documents.map(({ file, parser, rows }) => ({
      name: file.name,
      sha256: file.sha256,
      ...(parser !== undefined && { parser }),
      rows,
    })),
    ...(shard && { shard }),
  }
}

/** The documents of an artifact of an earlier run; all sources of its manifest, if that does not say which. */
export function documentsOf({ documents }: ManifestArtifact, { sources }: Former): Readonly<Record<string, string>> {
  return documents ?? Object.fromEntries(sources.map(({ name, sha256 }) => [name, sha256]))
}

/** The digests and names of an artifact's documents. */
function keysOf(artifact: ManifestArtifact, former: Former): readonly string[] {
  return Object.entries(documentsOf(artifact, former)).map(([name, sha256]) => `${sha256} ${name}`)
}

/** What becomes of the artifacts of earlier runs. */
interface FormerPlan {
  /** Made before by the documents of this run, which no longer make them. */
  readonly stale: readonly ManifestArtifact[]
  /** Of other documents, or of another document with the same name. */
  readonly foreign: readonly ManifestArtifact[]
  /** Of the documents of this run, in formats that it does not write. */
  readonly otherFormats: readonly ManifestArtifact[]
}

/**
 * Sorts the artifacts of earlier runs that this run did not make. A document is the one of an earlier run if it has the same name, and
 * the same content or an artifact that it made before: another file with the same name, from another folder, is another document.
 */
export function sortFormer(former: Former, made: readonly ManifestArtifact[]): FormerPlan {
  const names = new Set(made.map(({ name }) => name))
  const formats = new Set(made.map(({ emitter }) => emitter))
  const now = new Map(made.flatMap(({ documents = {} }) => Object.entries(documents)))
  const continued = new Set(former.artifacts.filter(({ name }) => names.has(name)).flatMap((one) => keysOf(one, former)))
  const isOurs = (artifact: ManifestArtifact): boolean => Object.entries(documentsOf(artifact, former))
    .every(([name, sha256]) => now.get(name) === sha256 || (now.has(name) && continued.has(`${sha256} ${name}`)))
  const others = former.artifacts.filter(({ name }) => !names.has(name))
  const ours = others.filter(isOurs)
  return {
    stale: ours.filter(({ emitter }) => formats.has(emitter)),
    otherFormats: ours.filter(({ emitter }) => !formats.has(emitter)),
    foreign: others.filter((artifact) => !isOurs(artifact)),
  }
}

/** Adds artifacts of earlier runs and the sources that they were made from to the manifest of a run. */
function addKept(own: Manifest, kept: readonly ManifestArtifact[], former: Former): Manifest {
  if (kept.length === 0) return own
  const known = new Set(own.sources.map(({ name, sha256 }) => `${sha256} ${name}`))
  const needed = new Set(kept.flatMap((artifact) => keysOf(artifact, former)))
  const sources = former.sources.filter(({ name, sha256 }) => needed.has(`${sha256} ${name}`) && !known.has(`${sha256} ${name}`))
  return {
    ...own,
    artifacts: [...own.artifacts, ...kept].toSorted(compareNames),
    sources: [...own.sources, ...sources].toSorted((a, b) => compareNames(a, b) || compareText(a.sha256, b.sha256)),
  }
}

/**
 * Everything that may be in the output while a run changes it, in the form of a manifest: artifacts of earlier runs, and of this one, which
 * may have the same names. The digest of a file says which it is.
 */
export function createJournal(former: Former, own: Manifest): Manifest {
  return { ...own, artifacts: [...former.artifacts, ...own.artifacts], sources: [...former.sources, ...own.sources] }
}

/** The bytes of a manifest. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
}

async function isValid(manifest: Manifest): Promise<boolean> {
  return (await schemaErrors('manifest', manifest)).length === 0
}

/** The manifest of a run and of what it keeps. Reports it and returns undefined if it is invalid. */
export async function listAll(
  artifacts: readonly ManifestArtifact[], documents: readonly ReadDocument[], kept: readonly ManifestArtifact[], former: Former, report: Report,
  shard?: ShardRecord,
): Promise<Uint8Array | undefined> {
  const own = createManifest(artifacts, documents, shard)
  // The former manifest may have been edited: what makes this one invalid is left out.
  const together = addKept(own, kept, former)
  const manifest = await isValid(together) ? together : own
  const [error] = await schemaErrors('manifest', manifest)
  if (!error) return encodeManifest(manifest)
  report('verify/own-artifact', { subject: 'manifest.json', found: `${error.instancePath} ${error.message ?? 'is invalid'}` })
  return undefined
}

/** The manifest of what earlier runs left alone; of nothing, if their manifest was edited so that this one is invalid. */
export async function listFormer(former: Former, kept: readonly ManifestArtifact[] = former.artifacts): Promise<Uint8Array> {
  const none = createManifest([], [])
  const all = addKept(none, kept, former)
  return encodeManifest(await isValid(all) ? all : none)
}

/** The manifest of artifacts of earlier runs that this run does not change; undefined if it changes none. */
export async function listUnchanged(
  former: Former, artifacts: readonly ManifestArtifact[], removed: readonly ManifestArtifact[],
): Promise<Uint8Array | undefined> {
  const digests = new Map(artifacts.map(({ name, sha256 }) => [name, sha256]))
  const gone = new Set(removed.map(({ name }) => name))
  const unchanged = former.artifacts.filter(({ name, sha256 }) => !gone.has(name) && (digests.get(name) ?? sha256) === sha256)
  return unchanged.length === former.artifacts.length ? undefined : listFormer(former, unchanged)
}

/** Orders the entries of a manifest. */
function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name)
}

/** Whether a value is a manifest of ours, which is found among artifacts that are read back, and contains no mappings. */
export function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value['tool']) || value['tool']['name'] !== 'attack-crosswalk') return false
  const { artifacts, sources } = value
  return Array.isArray(artifacts) && artifacts.every(isListed) && Array.isArray(sources) && sources.every(isListed)
}

function isListed(value: unknown): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['sha256'] === 'string'
}
