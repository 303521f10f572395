import type { OptionValue } from '../emitters/emitter.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/text.js'
import { isRecord } from '../model/stated.js'

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
}

/** The artifacts of a run and their sources. Without times and absolute paths: the same input gives the same manifest. */
export interface Manifest {
  readonly tool: { readonly name: string; readonly version: string }
  readonly artifacts: readonly ManifestArtifact[]
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly parser?: string; readonly rows: number }[]
}

/** A source, and the result of reading it. */
export interface ReadDocument {
  readonly file: DocumentFile
  /** Absent when no parser recognised the document. */
  readonly parser?: string
  readonly rows: number
}

/** Creates a manifest, with artifacts in the order of their names. */
export function createManifest(
  tool: Manifest['tool'], artifacts: readonly ManifestArtifact[], documents: readonly ReadDocument[],
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
  }
}

/** Orders the entries of a manifest. */
export function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
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
