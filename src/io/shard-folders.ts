import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { ShardFolder } from '../pipeline/merge-shards.js'
import { fileExists } from './files.js'
import { runFolder } from './output-run.js'
import { isBelow, parseManifest } from './own-artifacts.js'

/** Opens the output folder of a shard. */
export async function openShardFolder(folder: string): Promise<ShardFolder> {
  return {
    path: folder,
    manifest: await parseManifest(path.join(folder, 'manifest.json')),
    isUnfinished: await fileExists(path.join(folder, runFolder)),
    read: async (name) => (isBelow(folder, name) ? readFile(path.resolve(folder, name)).catch(() => undefined) : undefined),
  }
}

/** Whether two paths lead to one folder, now or when it is made. */
export async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([one, other].map((folder) => realpath(folder).catch(() => path.resolve(folder))))
  return left === right
}
