import type { OptionValue } from '../emitters/emitter.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/compare-text.js'

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

/** What a run wrote and from what. No clock, no absolute path: same input, same manifest. */
export interface Manifest {
  readonly tool: { readonly name: string; readonly version: string }
  readonly artifacts: readonly ManifestArtifact[]
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly parser?: string; readonly rows: number }[]
}

/** How a source fared, by its name. */
export interface ReadDocument {
  readonly file: DocumentFile
  /** Absent when no parser recognised the document. */
  readonly parser?: string
  readonly rows: number
}

/** Puts the manifest together, in the order of names. */
export function createManifest(tool: Manifest['tool'], artifacts: readonly ManifestArtifact[], documents: readonly ReadDocument[]): Manifest {
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

/** Orders what a manifest lists. */
export function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name)
}

/** Whether a document is a manifest of ours: it lies among artifacts that are read back, and maps nothing itself. */
export function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value['tool']) || value['tool']['name'] !== 'attack-crosswalk') return false
  const { artifacts, sources } = value
  return Array.isArray(artifacts) && artifacts.every(isListed) && Array.isArray(sources) && sources.every(isListed)
}

function isListed(value: unknown): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['sha256'] === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
