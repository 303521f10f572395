import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isManifest, type Manifest, type ManifestArtefact } from '../manifest.js'

type Former = Pick<Manifest, 'artefacts' | 'sources'>

/** What a manifest on disk lists, as far as the files are still as it says; nothing where there is no manifest, or it can't be read. */
export async function readFormer(folder: string, manifestFile: string, except: ReadonlySet<string>): Promise<Former> {
  const manifest = await readManifest(manifestFile)
  const artefacts: ManifestArtefact[] = []
  for (const artefact of manifest.artefacts) {
    if (!except.has(artefact.name) && (await isAsListed(folder, artefact))) artefacts.push(artefact)
  }
  return { artefacts, sources: manifest.sources }
}

async function readManifest(file: string): Promise<Former> {
  const nothing = { artefacts: [], sources: [] }
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isManifest(manifest) ? manifest : nothing
  } catch {
    return nothing
  }
}

/** A manifest is a file that anyone may have written: a name that leads out of its folder is none of ours. */
async function isAsListed(folder: string, { name, sha256 }: ManifestArtefact): Promise<boolean> {
  const file = path.resolve(folder, name)
  if (!file.startsWith(path.resolve(folder) + path.sep)) return false
  const bytes = await readFile(file).catch(() => undefined)
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256
}
