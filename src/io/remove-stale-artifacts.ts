import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'

interface Listed {
  readonly name: string
  readonly sha256: string
}

/** Artefacts that a manifest on disk lists; none when there is no manifest, or it can't be read. */
export async function listedArtifacts(manifestFile: string): Promise<readonly Listed[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(manifestFile, 'utf8'))
    if (!isRecord(manifest) || !isRecord(manifest['tool']) || manifest['tool']['name'] !== 'attack-crosswalk') return []
    return Array.isArray(manifest['artefacts']) ? manifest['artefacts'].filter(isListed) : []
  } catch {
    return []
  }
}

/**
 * Removes the listed artefacts that are not kept and are byte for byte what the manifest says: what a person has
 * changed, and what isn't ours, stays.
 */
export async function removeStaleArtifacts(folder: string, listed: readonly Listed[], kept: ReadonlySet<string>): Promise<readonly string[]> {
  const removed: string[] = []
  for (const { name, sha256 } of listed) {
    const file = path.resolve(folder, name)
    if (kept.has(name) || !file.startsWith(path.resolve(folder) + path.sep)) continue
    const bytes = await readFile(file).catch(() => undefined)
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) continue
    await rm(file)
    removed.push(name)
  }
  return removed
}

function isListed(value: unknown): value is Listed {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['sha256'] === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
