import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { type Former, isManifest, type Manifest, type ManifestArtifact } from '../pipeline/manifest.js'
import type { FoundInput } from './find-inputs.js'
import { journalName, runFolder } from './output-run.js'
import { digestFile } from './write-files.js'

/**
 * Skips artifacts of an earlier run if the output folder is inside an input folder, so that a repeated command reads the same documents
 * and writes the same bytes. Artifacts that were named explicitly or changed by hand are read, and all are if there is nothing else to
 * read. Reports what it skips.
 */
export async function skipOwnArtifacts(
  found: readonly FoundInput[],
  output: string,
  manifestFile: string,
  report: Report,
): Promise<readonly FoundInput[]> {
  const folder = await realpath(output).catch(() => undefined)
  if (folder === undefined || output === '') return found
  const real = new Map<FoundInput, string>()
  for (const one of found) if (one.walked === true) real.set(one, await realpath(one.file).catch(() => one.file))
  if (![...real.values()].some((file) => file.startsWith(folder + path.sep))) return found

  const { artifacts } = await readFormer(folder, manifestFile)
  if (artifacts.length === 0) return found
  const own = new Set([path.basename(manifestFile), ...artifacts.map(({ name }) => name)].map((name) => path.resolve(folder, name)))
  const isOwn = (one: FoundInput): boolean => own.has(real.get(one) ?? '')
  const others = found.filter((one) => !isOwn(one))
  if (others.length === 0) return found
  for (const one of found.filter(isOwn)) {
    report('read/skipped', {
      message: `${one.path} was skipped: an earlier run wrote it to the output folder`,
      origin: { document: one.path, place: { kind: 'file' } },
    })
  }
  return others
}

/**
 * Entries of the manifest on disk, and of the journal that a killed run left, limited to unchanged artifacts; empty if both are missing or
 * unreadable.
 */
export async function readFormer(folder: string, manifestFile: string): Promise<Former> {
  const { artifacts, sources } = await readListing(folder, manifestFile)
  const unchanged = new Map<string, ManifestArtifact>()
  for (const artifact of artifacts) {
    if (!unchanged.has(artifact.name) && await isAsListed(folder, artifact)) unchanged.set(artifact.name, artifact)
  }
  return { artifacts: [...unchanged.values()], sources }
}

/** Entries of the manifest, then those of the journal: an artifact that a killed run replaced is there twice. */
export async function readListing(folder: string, manifestFile: string): Promise<Former> {
  const files = [await parseManifest(manifestFile), await parseManifest(path.join(folder, runFolder, journalName))]
  const sources = new Map(files.flatMap((file) => file?.sources.map((source) => [`${source.sha256} ${source.name}`, source] as const) ?? []))
  return { artifacts: files.flatMap((file) => file?.artifacts ?? []), sources: [...sources.values()] }
}

/** The manifest in a file; undefined if there is none, or something else. */
export async function parseManifest(file: string): Promise<Manifest | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isManifest(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

/** Whether an artifact exists as listed. Anyone may have written the manifest: names that lead out of its folder are rejected. */
async function isAsListed(folder: string, { name, sha256 }: ManifestArtifact): Promise<boolean> {
  return isBelow(folder, name) && await digestFile(path.resolve(folder, name)) === sha256
}

/** Whether the path of an artifact, from the output, is below it. */
export function isBelow(folder: string, name: string): boolean {
  const first = path.relative(folder, path.resolve(folder, name)).split(path.sep)[0]
  return first !== '' && first !== '..' && !path.isAbsolute(name)
}
